// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_lease.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { GUARANTEE_TEXTS, type Guarantee } from "./process_control_plain.ts";

/**
 * What a leased suspension is at.
 *
 * - "unspecified": Unknown to this client.
 * - "held": The process is stopped, and is resumed when this stream ends, for whatever reason.
 * - "expired": The lease has run out; the process was resumed. The last message.
 * - "over": The process ended, or somebody else resumed it by Process.Resume. The last message.
 */
export type LeaseState =
  | "unspecified"
  | "held"
  | "expired"
  | "over";

/** Texts of LeaseState; the index is the number on the wire. */
export const LEASE_STATE_TEXTS: readonly LeaseState[] = [
  "unspecified",
  "held",
  "expired",
  "over",
];

/** Numbers of LeaseState on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const LEASE_STATE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["held", 1],
  ["expired", 2],
  ["over", 3],
]);

/**
 * One message of the answer to Process.SuspendLeased: once when the process is stopped, once when the lease is over.
 */
export interface SuspendLeasedResponse {
  /** What it is at. */
  state: LeaseState;
  /** How surely the stop met the target. */
  guarantee: Guarantee;
  /** False if the process was stopped already; then it is left so when the lease ends. */
  changed: boolean;
}

/** Decodes a SuspendLeasedResponse. Throws RangeError if the bytes are not one. */
export function decodeSuspendLeasedResponse(bytes: Uint8Array): SuspendLeasedResponse {
  return readSuspendLeasedResponse(new PlainReader(bytes));
}

/** Reads a SuspendLeasedResponse up to the reader's end; for decoders of messages that hold one. */
export function readSuspendLeasedResponse(reader: PlainReader): SuspendLeasedResponse {
  let state: LeaseState = "unspecified";
  let guarantee: Guarantee = "unspecified";
  let changed: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        state = LEASE_STATE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 24:
        changed = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    state,
    guarantee,
    changed,
  };
}
