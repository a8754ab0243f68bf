// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import { renderFrame } from "./frame.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Terminal } from "./terminal.ts";

const REFRESH_MS = 1_000;

/** What a view is made of. */
export interface ViewOptions {
  /** Gives the host as it is now. */
  readonly nextSnapshot: (signal: AbortSignal) => Promise<Snapshot>;
  /** Where it is shown. */
  readonly terminal: Terminal;
  /** Whether colour and other styles may be used. */
  readonly colour: boolean;
}

/** Shows the host, afresh every second, until the user or `signal` ends it. Gives the terminal back in any case. */
export async function runView({ nextSnapshot, terminal, colour }: ViewOptions, signal: AbortSignal): Promise<void> {
  // Before the screen is taken: if the host cannot be read at all, the reason is left on the normal screen.
  let snapshot = await nextSnapshot(signal);
  let notice: string | null = null;
  const quit = new AbortController();
  const stop = AbortSignal.any([signal, quit.signal]);
  const draw = () => terminal.draw(renderFrame(snapshot, { ...terminal.size, colour }, notice));
  terminal.enter(() => quit.abort(), draw);
  try {
    let due = performance.now();
    while (!stop.aborted) {
      draw();
      due = Math.max(due + REFRESH_MS, performance.now());
      await sleep(due - performance.now(), undefined, { signal: stop }).catch(() => {});
      try {
        if (!stop.aborted) snapshot = await nextSnapshot(stop);
        notice = null;
      } catch (error) {
        // One answer that fails is no reason to close the view; the next may come.
        notice = error instanceof Error ? error.message : String(error);
      }
    }
  } finally {
    terminal.restore();
  }
}
