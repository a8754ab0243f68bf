// SPDX-License-Identifier: Apache-2.0

import type { ServiceOrder } from "@hostscope/native";

/** What asked an agent process to stop. */
export type StopCause = "SIGINT" | "SIGTERM" | "parent" | ServiceOrder;

/** Calls `onRequest` for each request to stop. `withParent`: the end of standard input is one, as if it were a signal. */
export function onStopRequest(withParent: boolean, onRequest: (cause: StopCause) => void): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => onRequest(signal));
  if (!withParent) return;
  let asked = false;
  const ended = () => {
    if (!asked) onRequest("parent");
    asked = true;
  };
  // A parent that was killed ends the pipe without a word; "end" needs somebody reading.
  process.stdin.on("end", ended).on("close", ended).on("error", ended).resume();
}
