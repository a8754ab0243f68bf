// SPDX-License-Identifier: Apache-2.0

import { createHash } from "node:crypto";
import { type CallOptions, type MethodDescriptor, StatusCode, StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { failure, reasonOf } from "./failure.ts";
import type { SavedRef } from "./owner.ts";

/** What an operation ended with. */
export type Outcome =
  | { readonly kind: "response"; readonly bytes: Uint8Array }
  | { readonly kind: "error"; readonly error: StatusError };

/** One operation as its file tells it: an intent until it has its outcome. */
export interface OperationRecord {
  /** Of the method and the request. */
  readonly fingerprint: string;
  /** The process that acts. */
  readonly owner: SavedRef;
  /** When it began, on the monotonic clock. */
  readonly atMs: number;
  /** Absent while it is in progress, for whatever its owner knows. */
  readonly outcome?: Outcome | undefined;
}

/** What tells one request from another. */
export function fingerprint(method: MethodDescriptor, request: Uint8Array): string {
  return createHash("sha256").update(`${method.path}\0`).update(request).digest("hex");
}

/** The name of the file of an operation: ids may hold any characters. */
export function fileName(operation: string): string {
  return createHash("sha256").update(operation).digest("hex");
}

/** The one name of an operation: callers have ids of their own. */
export function operationName(operationId: string, { caller }: Pick<CallOptions, "caller">): string {
  return caller === undefined ? operationId : JSON.stringify([caller, operationId]);
}

/** A record as a file holds it. */
export function printRecord({ fingerprint, owner, atMs, outcome }: OperationRecord): string {
  return JSON.stringify({ fingerprint, owner, atMs, outcome: outcome === undefined ? undefined : saved(outcome) });
}

/** The record in a file; null if it is none. */
export function parseRecord(text: string): OperationRecord | null {
  try {
    const { fingerprint, owner, atMs, outcome } = JSON.parse(text);
    if (typeof fingerprint !== "string" || typeof owner?.pid !== "string" || typeof atMs !== "number") return null;
    return { fingerprint, owner, atMs, outcome: outcome === undefined ? undefined : loaded(outcome) };
  } catch {
    return null;
  }
}

/**
 * What later calls with the same id get, or null if the id is free again.
 *
 * Free: the failure says that nothing was done, and the same or a mended request may do better. Any other answer is the
 * first one's and stays so, errors too. A call that ended without an answer of its own is unknown for good: its work may
 * still have been done.
 */
export function outcomeToKeep(outcome: Outcome): Outcome | null {
  if (outcome.kind === "response") return outcome;
  const { error } = outcome;
  switch (error.code) {
    case StatusCode.INVALID_ARGUMENT:
    case StatusCode.OUT_OF_RANGE:
    case StatusCode.UNIMPLEMENTED:
      return null;
    case StatusCode.RESOURCE_EXHAUSTED:
      // No thread was to be had: the work never began.
      return reasonOf(error) === ErrorReason.OVERLOADED ? null : outcome;
    case StatusCode.DEADLINE_EXCEEDED:
    case StatusCode.CANCELLED:
    case StatusCode.UNAVAILABLE:
    case StatusCode.UNKNOWN:
      return { kind: "error", error: unknownOperation("it got no answer") };
    default:
      return outcome;
  }
}

/** Nobody knows whether the operation acted; it does not act again. */
export function unknownOperation(why: string): StatusError {
  return failure(
    ErrorReason.OPERATION_UNKNOWN,
    `nobody knows whether the first call with this operation id acted: ${why}`,
  );
}

interface SavedOutcome {
  readonly ok?: string | undefined;
  readonly code?: StatusCode | undefined;
  readonly message?: string | undefined;
  readonly detail?: string | null | undefined;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
// A copy: a Buffer may be a window into another's memory.
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

function saved(outcome: Outcome): SavedOutcome {
  if (outcome.kind === "response") return { ok: base64(outcome.bytes) };
  const { code, message, detail } = outcome.error;
  return { code, message, detail: detail === null ? null : base64(detail) };
}

function loaded({ ok, code, message, detail }: SavedOutcome): Outcome {
  if (ok !== undefined) return { kind: "response", bytes: bytesOf(ok) };
  const error = new StatusError(
    code ?? StatusCode.UNKNOWN,
    message ?? "",
    typeof detail === "string" ? bytesOf(detail) : null,
  );
  return { kind: "error", error };
}
