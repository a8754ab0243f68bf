// SPDX-License-Identifier: Apache-2.0

import { renderFrame } from "./frame.ts";
import type { LiveHost } from "./live-host.ts";
import type { Terminal } from "./terminal.ts";

/** How often the screen is looked at when nothing comes, so that it tells its age. */
const LOOK_MS = 1_000;

/** What a view is made of. */
export interface ViewOptions {
  /** What is shown. */
  readonly live: Pick<LiveHost, "snapshot" | "freshness" | "failed" | "onChange">;
  /** Where it is shown. */
  readonly terminal: Terminal;
  /** Whether colour and other styles may be used. */
  readonly colour: boolean;
}

/**
 * Shows a host, afresh with each news of it, until the user or `signal` ends it. Gives the terminal back in any case.
 * Fails if the host cannot be watched any more.
 */
export async function runView({ live, terminal, colour }: ViewOptions, signal: AbortSignal): Promise<void> {
  const quit = new AbortController();
  const stop = AbortSignal.any([signal, quit.signal]);
  const draw = () => {
    if (!stop.aborted) terminal.draw(renderFrame(live.snapshot(), { ...terminal.size, colour }, live.freshness()));
  };
  terminal.enter(() => quit.abort(), draw);
  const looking = setInterval(() => {
    if (live.freshness().isOld) draw();
  }, LOOK_MS);
  try {
    draw();
    live.onChange = draw;
    const stopped = new Promise<void>((resolve) => {
      stop.addEventListener("abort", () => resolve(), { once: true });
      if (stop.aborted) resolve();
    });
    await Promise.race([stopped, live.failed.catch((error) => (stop.aborted ? undefined : Promise.reject(error)))]);
  } finally {
    live.onChange = () => {};
    clearInterval(looking);
    terminal.restore();
  }
}
