// SPDX-License-Identifier: Apache-2.0

import type { ProcessRef } from "@hostscope/proto/gen/common";

/** A ref as records tell it: marks in digits, as they are too large for JSON's numbers. */
export function refFields(ref: ProcessRef | null | undefined): Record<string, unknown> | null {
  if (ref === null || ref === undefined) return null;
  return {
    pid: Number(ref.pid),
    start: ref.start === undefined ? null : String(ref.start),
    inode: ref.pidfdInode === undefined ? null : String(ref.pidfdInode),
  };
}
