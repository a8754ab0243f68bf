// SPDX-License-Identifier: Apache-2.0

import { type DescMessage, fromBinary, type Message } from "@bufbuild/protobuf";
import { describeMethod, type MethodDescriptor } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { type PopenRequest, PopenRequestSchema } from "@hostscope/proto/gen/popen";
import { Process } from "@hostscope/proto/gen/process";
import type { Mutation } from "@hostscope/proto/gen/process_control";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";
import { failure } from "./failure.ts";

const MAX_REASON_BYTES = 256;
const MAX_OPERATION_ID_BYTES = 128;

/** Request messages of the methods that change something, by path. */
const MUTATING: ReadonlyMap<string, DescMessage> = new Map(
  [System, Process, Sensors, WinService]
    .flatMap((service): (typeof service.methods)[number][] => [...service.methods])
    .map((method) => [describeMethod(method), method.input] as const)
    .filter(([{ mutates }]) => mutates)
    .map(([{ path }, input]) => [path, input]),
);

/** Whether a method changes something: by its path alone, whatever its caller says of it. */
export function mutates({ path }: MethodDescriptor): boolean {
  return MUTATING.has(path);
}

/**
 * The operation id of a request that changes something; null without one. Throws INVALID_ARGUMENT for a request that
 * cannot be read, and for a reason or id that no log or directory should hold.
 */
export function checkMutation(method: MethodDescriptor, request: Uint8Array): string | null {
  const input = MUTATING.get(method.path);
  if (input === undefined) return null;
  const name = `${method.service}.${method.name}`;
  const popen = input.typeName === PopenRequestSchema.typeName;
  const mutation = mutationOf(name, input, request);
  if (mutation === undefined) return null;
  const refuse = (part: string, what: string) => {
    const field = `${popen ? "start." : ""}mutation.${part}`;
    return failure(ErrorReason.INVALID_ARGUMENT, `${name}: ${field} ${what}`, { op: name, field });
  };
  if (mutation.reason !== undefined && Buffer.byteLength(mutation.reason) > MAX_REASON_BYTES) {
    throw refuse("reason", `is longer than ${MAX_REASON_BYTES} bytes`);
  }
  const { operationId } = mutation;
  if (operationId === undefined) return null;
  const bytes = Buffer.byteLength(operationId);
  if (bytes < 1 || bytes > MAX_OPERATION_ID_BYTES) {
    throw refuse("operation_id", `must have 1 to ${MAX_OPERATION_ID_BYTES} bytes, not ${bytes}`);
  }
  return operationId;
}

function mutationOf(name: string, input: DescMessage, request: Uint8Array): Mutation | undefined {
  let message: Message & { readonly mutation?: Mutation };
  try {
    message = fromBinary(input, request, { readUnknownFields: false });
  } catch (cause) {
    // Not passed on: what another reader made of it would be done without regard to its id.
    const why = cause instanceof Error ? cause.message : String(cause);
    throw failure(ErrorReason.INVALID_ARGUMENT, `${name}: the request cannot be read: ${why}`, { op: name }, cause);
  }
  if (message.$typeName !== PopenRequestSchema.typeName) return message.mutation;
  const { kind } = message as unknown as PopenRequest;
  return kind.case === "start" ? kind.value.mutation : undefined;
}
