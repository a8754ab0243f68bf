// SPDX-License-Identifier: Apache-2.0

import { BudgetGovernor } from "./budget-governor.ts";

/** What the agent may cost; null is no limit. */
export interface BudgetLimits {
  /** Percent of one CPU. */
  readonly maxCpuPercent: number | null;
  /** Bytes of resident memory. */
  readonly maxRssBytes: number | null;
}

/** Where a budget reads clock and cost. */
export interface CostProbe {
  /** A monotonic clock, milliseconds. */
  now(): number;
  /** CPU time the process has used so far, all its threads together, milliseconds. */
  cpuMs(): number;
  rssBytes(): number;
}

/** At which pace repeated work is to be done, and why. */
export interface Pace {
  /** Factor by which intervals are longer than asked for now; 1 or more. */
  readonly stretch: number;
  /** CPU the agent took over the last reading, percent of one; null before there is one. */
  readonly cpuPercent: number | null;
  /** Resident memory at the last reading, bytes. */
  readonly rssBytes: number;
}

const THIS_PROCESS: CostProbe = {
  now: () => performance.now(),
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  rssBytes: () => process.memoryUsage.rss(),
};

/** Least milliseconds of a reading: enough to see a watch that is too dear, and more than CPU time's rounding. */
export const WINDOW_MS = 5_000;

// A watch of a second is one of a minute then: still a watch.
const CPU = { most: 60, calmBelow: 0.7 };
// Rarer work makes less garbage, but most memory does not go away by it: no use in starving the watches for it.
const RSS = { most: 4, calmBelow: 0.9 };

/**
 * Measures what the agent costs and says by how much its repeated work must be stretched to keep to the limits.
 * It has no timer: it reads when somebody asks, so that an agent that does nothing is not woken to measure that.
 */
export class OverheadBudget implements Pace {
  readonly limits: BudgetLimits;
  readonly #probe: CostProbe;
  readonly #cpu = new BudgetGovernor(CPU);
  readonly #rss = new BudgetGovernor(RSS);
  #at: number;
  #cpuMs: number;
  #rssBytes: number;
  #cpuPercent: number | null = null;

  constructor(limits: BudgetLimits, probe: CostProbe = THIS_PROCESS) {
    this.limits = limits;
    this.#probe = probe;
    this.#at = probe.now();
    this.#cpuMs = probe.cpuMs();
    this.#rssBytes = probe.rssBytes();
  }

  /** Whether there is a limit to keep to. */
  get limited(): boolean {
    return this.limits.maxCpuPercent !== null || this.limits.maxRssBytes !== null;
  }

  get stretch(): number {
    return Math.max(this.#cpu.factor, this.#rss.factor);
  }

  get cpuPercent(): number | null {
    return this.#cpuPercent;
  }

  get rssBytes(): number {
    return this.#rssBytes;
  }

  /** Takes a reading if the last one is old enough; true if it did. */
  update(): boolean {
    const now = this.#probe.now();
    const ms = now - this.#at;
    if (ms < WINDOW_MS) return false;
    const cpuMs = this.#probe.cpuMs();
    this.#cpuPercent = (100 * (cpuMs - this.#cpuMs)) / ms;
    this.#rssBytes = this.#probe.rssBytes();
    this.#at = now;
    this.#cpuMs = cpuMs;
    const { maxCpuPercent, maxRssBytes } = this.limits;
    if (maxCpuPercent !== null) this.#cpu.update(this.#cpuPercent / maxCpuPercent, ms);
    if (maxRssBytes !== null) this.#rss.update(this.#rssBytes / maxRssBytes, ms);
    return true;
  }
}
