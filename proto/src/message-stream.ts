// SPDX-License-Identifier: Apache-2.0

/** The call behind a stream. */
export interface StreamSource {
  /** Ends the call without a word. */
  cancel(): void;
  /** A message of so many bytes was taken by the reader. */
  taken(bytes: number): void;
}

/** Messages of one streaming call, read once. `begin` runs at the first next(); `cancel` if reading ends early. */
export class MessageStream implements AsyncIterableIterator<Uint8Array> {
  readonly #begin: (stream: MessageStream) => StreamSource;
  #source: StreamSource | null = null;
  readonly #messages: Uint8Array[] = [];
  readonly #readers: Reader[] = [];
  #begun = false;
  #over = false;
  #error: Error | null = null;

  constructor(begin: (stream: MessageStream) => StreamSource) {
    this.#begin = begin;
  }

  /** Adds a message. */
  push(message: Uint8Array): void {
    if (this.#over) return;
    const reader = this.#readers.shift();
    if (reader === undefined) {
      this.#messages.push(message);
    } else {
      reader.resolve({ done: false, value: message });
      this.#source?.taken(message.byteLength);
    }
  }

  /** Ends the stream after the messages that are there; with an error if one is given. */
  end(error: Error | null = null): void {
    if (this.#over) return;
    this.#over = true;
    this.#error = error;
    for (const reader of this.#readers.splice(0)) this.#settle(reader);
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#begun) {
      this.#begun = true;
      this.#source = this.#begin(this);
    }
    const message = this.#messages.shift();
    if (message !== undefined) {
      this.#source?.taken(message.byteLength);
      return Promise.resolve({ done: false, value: message });
    }
    return new Promise((resolve, reject) => {
      const reader = { resolve, reject };
      if (this.#over) this.#settle(reader);
      else this.#readers.push(reader);
    });
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.#begun = true;
    const wasOver = this.#over;
    this.#messages.length = 0;
    this.#error = null;
    this.end();
    if (!wasOver) this.#source?.cancel();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #settle(reader: Reader): void {
    const error = this.#error;
    // As a generator does: told once, then simply over.
    this.#error = null;
    if (error === null) reader.resolve({ done: true, value: undefined });
    else reader.reject(error);
  }
}

interface Reader {
  resolve(result: IteratorResult<Uint8Array>): void;
  reject(error: Error): void;
}
