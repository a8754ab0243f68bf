// SPDX-License-Identifier: Apache-2.0

import { setMaxListeners } from "node:events";

/** A controller that is aborted when any of the signals is, until released. */
export function follow(signals: readonly (AbortSignal | undefined)[]): {
  readonly leaving: AbortController;
  readonly release: () => void;
} {
  const leaving = new AbortController();
  // One call follows it for each host that is asked.
  setMaxListeners(0, leaving.signal);
  const undo: (() => void)[] = [];
  for (const signal of signals) {
    if (signal === undefined) {
      continue;
    }
    if (signal.aborted) {
      leaving.abort(signal.reason);
    }
    const pass = () => leaving.abort(signal.reason);
    setMaxListeners(0, signal);
    signal.addEventListener("abort", pass, { once: true });
    undo.push(() => signal.removeEventListener("abort", pass));
  }
  const release = () => {
    for (const one of undo) {
      one();
    }
  };
  return { leaving, release };
}
