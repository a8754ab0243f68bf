// SPDX-License-Identifier: Apache-2.0

import type { Readable } from "node:stream";

/** Bytes of one message at most. */
const CHUNK = 64 * 1024;
/** How long, in all, to wait for what others still write once the process itself has ended. */
const AFTER_EXIT_MS = 1_000;
/** The kernel holds no more of what the process itself wrote. */
const AFTER_EXIT_BYTES = 8 * 1024 * 1024;

/** Carries one output of a process to a reader, no faster than that takes it. */
export class OutputPump {
  readonly #source: Readable;
  readonly #emit: (bytes: Uint8Array) => Promise<void>;
  #exited = false;
  #waitLeftMs = AFTER_EXIT_MS;
  #bytesLeft = AFTER_EXIT_BYTES;
  #wake = () => {};

  /** `emit` resolves when there is room for more. */
  constructor(source: Readable, emit: (bytes: Uint8Array) => Promise<void>) {
    this.#source = source;
    this.#emit = emit;
    // Its end is all that an error means here.
    source.on("error", () => {});
    // All the time: what nobody listens for, Node reads and drops when the process ends.
    for (const event of EVENTS) source.on(event, () => this.#wake());
  }

  /** The process has ended: from now on others alone hold its output open. */
  processEnded(): void {
    this.#exited = true;
    this.#wake();
  }

  /** Resolves at the end of the output, or when it was waited for long enough after the end of the process. */
  async run(): Promise<void> {
    const source = this.#source;
    while (!(this.#exited && (this.#waitLeftMs <= 0 || this.#bytesLeft <= 0))) {
      const data: Buffer | null = source.read();
      if (data === null) {
        if (source.readableEnded || source.destroyed) break;
        await this.#more();
        continue;
      }
      if (this.#exited) this.#bytesLeft -= data.byteLength;
      for (let from = 0; from < data.byteLength; from += CHUNK) await this.#emit(data.subarray(from, from + CHUNK));
    }
    source.destroy();
  }

  /** Resolves when there may be more to read. */
  #more(): Promise<void> {
    const exited = this.#exited;
    const started = performance.now();
    return new Promise((resolve) => {
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        if (exited) this.#waitLeftMs -= performance.now() - started;
        resolve();
      };
      const timer = exited ? setTimeout(this.#wake, this.#waitLeftMs) : undefined;
    });
  }
}

const EVENTS = ["readable", "end", "close"] as const;
