// SPDX-License-Identifier: Apache-2.0

/** Bytes that wait for their reader before the process is held up. */
const MOST_WAITING = 1024 * 1024;

interface Reader {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: unknown): void;
}

/**
 * Output of a process that popen() started, read once: each chunk goes to whoever asks first. To leave an iteration ends
 * nothing; the next one goes on. What nobody reads holds the process up once there is a mebibyte of it.
 */
export class PopenOutput implements AsyncIterable<Uint8Array> {
  readonly #chunks: Uint8Array[] = [];
  readonly #readers: Reader[] = [];
  #waiting = 0;
  #ended = false;
  #error: unknown = null;
  #roomy: (() => void) | null = null;

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return { next: () => this.#next() };
  }

  /** All that is left of it. */
  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this) {
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  }

  /** All that is left of it, as UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  /** @internal Adds a chunk; resolves when there is room for another. */
  push(chunk: Uint8Array): Promise<void> | undefined {
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: chunk });
      return undefined;
    }
    this.#chunks.push(chunk);
    this.#waiting += chunk.byteLength;
    if (this.#waiting <= MOST_WAITING) {
      return undefined;
    }
    return new Promise((resolve) => {
      this.#roomy = resolve;
    });
  }

  /** @internal Ends it after the chunks that are there. */
  end(error: unknown = null): void {
    if (this.#ended) {
      return;
    }
    this.#ended = true;
    this.#error = error;
    this.#roomy?.();
    for (const reader of this.#readers.splice(0)) {
      this.#settle(reader);
    }
  }

  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const value = this.#chunks.shift();
    if (value !== undefined) {
      this.#waiting -= value.byteLength;
      if (this.#waiting <= MOST_WAITING) {
        this.#roomy?.();
      }
      return Promise.resolve({ done: false, value });
    }
    return new Promise((resolve, reject) => {
      const reader = { resolve, reject };
      if (this.#ended) {
        this.#settle(reader);
      } else {
        this.#readers.push(reader);
      }
    });
  }

  #settle({ resolve, reject }: Reader): void {
    if (this.#error === null) {
      resolve({ done: true, value: undefined });
    } else {
      reject(this.#error);
    }
  }
}
