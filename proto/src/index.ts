// SPDX-License-Identifier: Apache-2.0

export type { CallGrant, HiddenAttributes, TargetConditions } from "./call-grant.ts";
export { flow } from "./flow.ts";
export type { Flow, MessageSink } from "./message-sink.ts";
export { MessageStream, type StreamSource } from "./message-stream.ts";
export { describeMethod, type MethodCost, type MethodDescriptor } from "./method.ts";
export { didYouMean, nearest } from "./nearest.ts";
export { isPipeTarget, pipeOfTarget, targetOfPipe } from "./pipe-target.ts";
export { cancelled, StatusCode, StatusError } from "./status.ts";
export type { CallOptions, Transport } from "./transport.ts";
