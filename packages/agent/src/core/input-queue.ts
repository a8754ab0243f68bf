// SPDX-License-Identifier: Apache-2.0

/** Messages on their way into a call with a stream each way, read once. */
export class InputQueue implements AsyncIterable<Uint8Array> {
  readonly #onTaken: (bytes: number) => void;
  readonly #messages: Uint8Array[] = [];
  #over = false;
  #error: Error | null = null;
  #wake = () => {};

  /** `onTaken` is told the size of each message that the call takes. */
  constructor(onTaken: (bytes: number) => void) {
    this.#onTaken = onTaken;
  }

  push(message: Uint8Array): void {
    if (this.#over) return;
    this.#messages.push(message);
    this.#wake();
  }

  /** There are no more. */
  end(): void {
    this.#over = true;
    this.#wake();
  }

  /** There are no more, for this reason. */
  fail(error: Error): void {
    this.#error ??= error;
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) {
        this.#onTaken(message.byteLength);
        yield message;
      } else if (this.#error !== null) throw this.#error;
      else if (this.#over) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
