// SPDX-License-Identifier: Apache-2.0

import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import { decodeProcessInfo, type ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import type { ProcessChanged, ProcessUpdate } from "../watch/process-watch.ts";

/** A ref with a start mark. */
export const refOf = (pid: number, start = 1): ProcessRef => ({
  pid,
  start: String(start),
  pidfdInode: null,
  boot: null,
});

/** A row as it comes from the wire, with some values. */
export function changeOf(ref: ProcessRef, values: Partial<ProcessInfo> = {}, cleared: ProcessChanged["cleared"] = []) {
  return { ref, row: { ...decodeProcessInfo(new Uint8Array()), ref, ...values }, cleared };
}

/** An update of a process watch; by default an empty delta. */
export function updateOf(sequence: number, parts: Partial<ProcessUpdate> = {}): ProcessUpdate {
  return {
    snapshot: false,
    changed: [],
    gone: [],
    left: [],
    sequence,
    time: 1_000_000 + sequence,
    interval: 1,
    dropped: 0,
    gap: false,
    pace: null,
    ...parts,
  };
}
