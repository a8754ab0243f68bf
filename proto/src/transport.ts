// SPDX-License-Identifier: Apache-2.0

import type { CallGrant } from "./call-grant.ts";
import type { MethodDescriptor } from "./method.ts";

/** What a caller may ask of one call. */
export interface CallOptions {
  /** Milliseconds until the call fails with DEADLINE_EXCEEDED. Absent: no deadline of the caller's. */
  readonly timeoutMs?: number;
  /** Ends the call with CANCELLED when aborted. */
  readonly signal?: AbortSignal;
  /**
   * What the caller may see and meet. Only this machine's collector heeds it: a channel to another machine has no say in
   * that. Absent: everything.
   */
  readonly grant?: CallGrant;
  /**
   * Who makes a call that changes something, one text for each identity. An operation id is its caller's own: with
   * another's it is another operation. Absent: this program itself.
   */
  readonly caller?: string;
}

/**
 * The one seam of hostscope: request bytes in, response bytes out.
 * This machine (the native collectors), another machine (gRPC) and whatever comes later all stand behind it.
 * Every failure is a StatusError; ending an iteration early cancels the call.
 */
export interface Transport {
  /** One request, one response. */
  unary(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array>;
  /** One request, a stream of responses. */
  serverStream(method: MethodDescriptor, request: Uint8Array, options: CallOptions): AsyncIterable<Uint8Array>;
  /** A stream each way; only Process.Popen needs it. */
  bidiStream(
    method: MethodDescriptor,
    requests: AsyncIterable<Uint8Array>,
    options: CallOptions,
  ): AsyncIterable<Uint8Array>;
  /** Frees everything held; calls in progress fail with UNAVAILABLE or CANCELLED. Safe to call twice. */
  close(): Promise<void>;
}
