// SPDX-License-Identifier: Apache-2.0

import { expose, type Format } from "./exposition.ts";
import type { Family } from "./family.ts";

/** One scrape at a time, shared by all who ask while it runs; nothing is kept after it. */
export class SharedScrape {
  readonly #collect: (timeoutMs: number) => Promise<readonly Family[]>;
  #running: Promise<(format: Format) => string> | null = null;

  constructor(collect: (timeoutMs: number) => Promise<readonly Family[]>) {
    this.#collect = collect;
  }

  /** The text of the scrape in progress, or of a new one that may take `timeoutMs`; null if none is done by then. */
  async text(format: Format, timeoutMs: number): Promise<string | null> {
    this.#running ??= this.#start(timeoutMs);
    let timer: NodeJS.Timeout | undefined;
    // Who joins a scrape that was given more time than it has itself must not wait for it.
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), timeoutMs + LATE_MS);
    });
    try {
      const written = await Promise.race([this.#running, late]);
      return written === null ? null : written(format);
    } finally {
      clearTimeout(timer);
    }
  }

  async #start(timeoutMs: number): Promise<(format: Format) => string> {
    try {
      const families = await this.#collect(timeoutMs);
      const texts = new Map<Format, string>();
      return (format) => {
        const text = texts.get(format) ?? expose(families, format);
        texts.set(format, text);
        return text;
      };
    } finally {
      this.#running = null;
    }
  }
}

// A scrape ends by itself when its time is up; this is for writing it down.
const LATE_MS = 250;
