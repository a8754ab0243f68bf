// SPDX-License-Identifier: Apache-2.0
// The rows of docs/support.md as data.

import { type Support, supportMatrix } from "../../scripts/lib/support-matrix.mjs";

/** One row: what psutil calls it, where the SDK has it ("host.pids"), which RPC answers it. Null: there is none. */
export interface SupportRow {
  readonly psutil: string | null;
  readonly hostscope: string | null;
  readonly rpc: string | null;
  readonly linux: Support;
  readonly windows: Support;
}

/** All rows, in the order of the page. */
export function supportRows(): SupportRow[] {
  return supportMatrix().flatMap(({ rows }) =>
    rows.map(({ psutil, hostscope, rpc, status: { linux, windows } }) => ({ psutil, hostscope, rpc, linux, windows })),
  );
}
