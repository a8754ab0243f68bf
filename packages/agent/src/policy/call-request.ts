// SPDX-License-Identifier: Apache-2.0

import { type DescMessage, type DescMethod, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { type MethodDescriptor, StatusCode } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { type PopenRequest, PopenRequestSchema } from "@hostscope/proto/gen/popen";
import type { Mutation } from "@hostscope/proto/gen/process_control";
import { safeText } from "../safe-text.ts";
import { agentError } from "../serve/status.ts";
import type { CallFacts } from "./judge.ts";
import { SIGNALS } from "./signal-name.ts";

/** A request, decoded once: what is judged, audited and handed on is the same message. */
export interface CallRequest {
  readonly facts: CallFacts;
  /** The process that it names; null if it names none. */
  readonly ref: ProcessRef | null;
  readonly operationId: string | null;
  /** What else says what is to be done, for the audit log; nothing that may be secret. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** The message anew: whatever else was in the bytes is not in these. */
  readonly bytes: Uint8Array;
}

const { SIGTERM, SIGKILL, SIGSTOP, SIGCONT } = SIGNALS;

/** Signals of methods that are named after what they do. KillTree stops first, which is a part of the killing. */
const SIGNALS_OF: Readonly<Record<string, readonly number[]>> = {
  Terminate: [SIGTERM],
  Kill: [SIGKILL],
  KillTree: [SIGKILL],
  Reap: [SIGTERM, SIGKILL],
  Suspend: [SIGSTOP],
  SuspendLeased: [SIGSTOP],
  Resume: [SIGCONT],
};

/** Parameters worth a place in the audit log. */
const TOLD = ["signal", "nice", "allThreads", "resource", "keepRoot", "recursive", "lease", "username", "detached"];

type Loose = Message & {
  readonly ref?: ProcessRef;
  readonly mutation?: Mutation;
  readonly signal?: number;
  readonly args?: readonly string[];
};

/** Decodes the request of a method. Throws INVALID_ARGUMENT for one that cannot be read. */
export function readCallRequest(method: MethodDescriptor, input: DescMethod["input"], bytes: Uint8Array): CallRequest {
  const name = `${method.service}.${method.name}`;
  let message: Message;
  let canonical: Uint8Array;
  try {
    message = fromBinary(input, bytes, { readUnknownFields: false });
    canonical = toBinary(input, message);
  } catch (cause) {
    const why = safeText(cause instanceof Error ? cause.message : String(cause), 200);
    const text = `${name}: the request cannot be read: ${why}`;
    throw agentError(StatusCode.INVALID_ARGUMENT, ErrorReason.INVALID_ARGUMENT, text, { op: name });
  }
  const body = bodyOf(input, message);
  return {
    facts: { signals: signalsOf(method.name, body), reason: body?.mutation?.reason ?? null },
    ref: body?.ref ?? null,
    operationId: body?.mutation?.operationId ?? null,
    parameters: parametersOf(body),
    bytes: canonical,
  };
}

/** The message that says what is to be done. Popen's is the first of several. */
function bodyOf(input: DescMessage, message: Message): Loose | null {
  if (input.typeName !== PopenRequestSchema.typeName) return message as Loose;
  const { kind } = message as PopenRequest;
  return kind.case === "start" ? (kind.value as Loose) : null;
}

function signalsOf(method: string, body: Loose | null): readonly number[] | null {
  if (method === "CommitSignal") return null;
  const named = SIGNALS_OF[method];
  if (named !== undefined) return named;
  return body?.signal === undefined ? [] : [body.signal];
}

function parametersOf(body: Loose | null): Record<string, string | number | boolean> {
  const parameters: Record<string, string | number | boolean> = {};
  for (const key of TOLD) {
    const value: unknown = body === null ? undefined : Reflect.get(body, key);
    if (typeof value === "string") parameters[key] = safeText(value, 80);
    else if (typeof value === "number" || typeof value === "boolean") parameters[key] = value;
  }
  // The program alone: its arguments may hold what nobody else should read.
  if (body?.args?.[0] !== undefined) parameters.program = safeText(body.args[0], 200);
  return parameters;
}
