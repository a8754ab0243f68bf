// SPDX-License-Identifier: Apache-2.0

import { expose, type Format } from "./exposition.ts";
import type { Family } from "./family.ts";

/** Writes down what a scrape found. */
type Writer = (format: Format) => string;

/** A scrape that is shared by all who ask while it runs and has time enough for them; nothing is kept after it. */
export class SharedScrape {
  readonly #collect: (timeoutMs: number) => Promise<readonly Family[]>;
  #running: { readonly until: number; readonly done: Promise<Writer> } | null = null;

  constructor(collect: (timeoutMs: number) => Promise<readonly Family[]>) {
    this.#collect = collect;
  }

  /** The text of the scrape in progress, or of a new one that may take `timeoutMs`; null if none is done by then. */
  async text(format: Format, timeoutMs: number): Promise<string | null> {
    const now = performance.now();
    // One that has less than half of the time that is given here would leave out what is only slow.
    if (this.#running === null || this.#running.until - now < timeoutMs / 2) {
      const mine = { until: now + timeoutMs, done: this.#collected(timeoutMs) };
      this.#running = mine;
      const over = () => {
        if (this.#running === mine) this.#running = null;
      };
      mine.done.then(over, over);
    }
    let timer: NodeJS.Timeout | undefined;
    // Who joins a scrape that was given more time than it has itself must not wait for it.
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), timeoutMs + LATE_MS);
    });
    try {
      const written = await Promise.race([this.#running.done, late]);
      return written === null ? null : written(format);
    } finally {
      clearTimeout(timer);
    }
  }

  async #collected(timeoutMs: number): Promise<Writer> {
    const families = await this.#collect(timeoutMs);
    const texts = new Map<Format, string>();
    return (format) => {
      const text = texts.get(format) ?? expose(families, format);
      texts.set(format, text);
      return text;
    };
  }
}

// A scrape ends by itself when its time is up; this is for writing it down.
const LATE_MS = 250;
