// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import { type OverheadBudget, type Pace, WINDOW_MS } from "./overhead-budget.ts";

/** A transport whose streams repeat their work at a pace they are told, as the collector of this machine can be. */
export interface PacedTransport extends Transport {
  /** From now on intervals are multiplied by the stretch; what streams say about the agent's cost is in it, too. */
  setPace(pace: Pace): void;
}

/** Whether streams of a transport can be told a pace. */
export function isPaced(transport: Transport): transport is PacedTransport {
  return "setPace" in transport && typeof transport.setPace === "function";
}

// A timer that is a millisecond early would find nothing to read.
const SLACK_MS = 50;

/** Reads the budget while somebody watches and tells the streams their pace. Without watchers it does not wake anyone. */
export class PaceKeeper {
  readonly #budget: OverheadBudget;
  readonly #transport: PacedTransport;
  #timer: NodeJS.Timeout | undefined;

  constructor(budget: OverheadBudget, transport: PacedTransport) {
    this.#budget = budget;
    this.#transport = transport;
  }

  /** What a call registry tells: whether there are watchers now. */
  readonly watched = (watched: boolean): void => {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (!watched) return;
    this.#tell();
    this.#timer = setInterval(() => this.#tell(), WINDOW_MS + SLACK_MS);
    this.#timer.unref();
  };

  #tell(): void {
    this.#budget.update();
    const { stretch, cpuPercent, rssBytes } = this.#budget;
    this.#transport.setPace({ stretch, cpuPercent, rssBytes });
  }
}
