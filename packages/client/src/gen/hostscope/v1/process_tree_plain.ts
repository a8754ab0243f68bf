// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_tree.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readProcessRef, type ProcessRef } from "./common_plain.ts";
import { GUARANTEE_TEXTS, type Guarantee } from "./process_control_plain.ts";

/**
 * What became of one target of a call that has many.
 *
 * - "unspecified": Unknown to this client.
 * - "signalled": The signal was delivered.
 * - "gone": It had ended before.
 * - "denied": The operating system refused the agent.
 * - "protected": It is one of those that no call may signal.
 * - "failed": The operating system failed otherwise; `os_error` has its number.
 * - "not_permitted": The agent's policy does not let this caller act on it; it was left alone.
 */
export type ControlOutcome =
  | "unspecified"
  | "signalled"
  | "gone"
  | "denied"
  | "protected"
  | "failed"
  | "not_permitted";

/** Texts of ControlOutcome; the index is the number on the wire. */
export const CONTROL_OUTCOME_TEXTS: readonly ControlOutcome[] = [
  "unspecified",
  "signalled",
  "gone",
  "denied",
  "protected",
  "failed",
  "not_permitted",
];

/** Numbers of ControlOutcome on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const CONTROL_OUTCOME_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["signalled", 1],
  ["gone", 2],
  ["denied", 3],
  ["protected", 4],
  ["failed", 5],
  ["not_permitted", 6],
]);

/** One target of a call that has many. */
export interface ControlTarget {
  /** The process. */
  ref: ProcessRef | null;
  /** Its name, if it could be read. */
  name: string | null;
  /** What became of it. */
  outcome: ControlOutcome;
  /** How surely the signal met it; unspecified if none was sent. */
  guarantee: Guarantee;
  /** Error number of the operating system, for DENIED and FAILED. */
  osError: number | null;
  /** Whether it had ended by the time of the answer. */
  ended: boolean;
}

/** Decodes a ControlTarget. Throws RangeError if the bytes are not one. */
export function decodeControlTarget(bytes: Uint8Array): ControlTarget {
  return readControlTarget(new PlainReader(bytes));
}

/** Reads a ControlTarget up to the reader's end; for decoders of messages that hold one. */
export function readControlTarget(reader: PlainReader): ControlTarget {
  let ref: ProcessRef | null = null;
  let name: string | null = null;
  let outcome: ControlOutcome = "unspecified";
  let guarantee: Guarantee = "unspecified";
  let osError: number | null = null;
  let ended: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        ref = readProcessRef(reader);
        reader.leave(outer);
        break;
      }
      case 18:
        name = reader.string();
        break;
      case 24:
        outcome = CONTROL_OUTCOME_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 32:
        guarantee = GUARANTEE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 40:
        osError = reader.int32();
        break;
      case 48:
        ended = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    ref,
    name,
    outcome,
    guarantee,
    osError,
    ended,
  };
}

/** Response of Process.KillTree. */
export interface KillTreeResponse {
  /** Every process that was met in the tree, the root first. */
  targets: ControlTarget[];
  /** Those of them that had not ended when the time was over. */
  survivors: ProcessRef[];
  /** Whether a control group that holds nothing but this tree was killed as one. */
  byCgroup: boolean;
}

/** Decodes a KillTreeResponse. Throws RangeError if the bytes are not one. */
export function decodeKillTreeResponse(bytes: Uint8Array): KillTreeResponse {
  return readKillTreeResponse(new PlainReader(bytes));
}

/** Reads a KillTreeResponse up to the reader's end; for decoders of messages that hold one. */
export function readKillTreeResponse(reader: PlainReader): KillTreeResponse {
  const targets: ControlTarget[] = [];
  const survivors: ProcessRef[] = [];
  let byCgroup: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        targets.push(readControlTarget(reader));
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        survivors.push(readProcessRef(reader));
        reader.leave(outer);
        break;
      }
      case 24:
        byCgroup = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    targets,
    survivors,
    byCgroup,
  };
}

/** Response of Process.Reap. */
export interface ReapResponse {
  /** Every process that was asked to end. */
  targets: ControlTarget[];
  /** Those that ended by themselves within the grace. */
  terminated: ProcessRef[];
  /** Those that had to be killed. */
  killed: ProcessRef[];
  /** Those that had not ended when the time was over. */
  survivors: ProcessRef[];
}

/** Decodes a ReapResponse. Throws RangeError if the bytes are not one. */
export function decodeReapResponse(bytes: Uint8Array): ReapResponse {
  return readReapResponse(new PlainReader(bytes));
}

/** Reads a ReapResponse up to the reader's end; for decoders of messages that hold one. */
export function readReapResponse(reader: PlainReader): ReapResponse {
  const targets: ControlTarget[] = [];
  const terminated: ProcessRef[] = [];
  const killed: ProcessRef[] = [];
  const survivors: ProcessRef[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        targets.push(readControlTarget(reader));
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        terminated.push(readProcessRef(reader));
        reader.leave(outer);
        break;
      }
      case 26: {
        const outer = reader.enter();
        killed.push(readProcessRef(reader));
        reader.leave(outer);
        break;
      }
      case 34: {
        const outer = reader.enter();
        survivors.push(readProcessRef(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    targets,
    terminated,
    killed,
    survivors,
  };
}
