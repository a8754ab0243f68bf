// SPDX-License-Identifier: Apache-2.0

import type { Flow, MessageSink } from "./message-sink.ts";
import { MessageStream } from "./message-stream.ts";

/** Lets a stream run into a sink, which may hear of messages before this returns. */
export function flow(messages: AsyncIterable<Uint8Array>, sink: MessageSink): Flow {
  if (!(messages instanceof MessageStream)) return new IteratedFlow(messages, sink);
  messages.flowTo(sink);
  return messages;
}

/** Any other stream: iterated, with a promise for each message. */
class IteratedFlow implements Flow {
  readonly #sink: MessageSink;
  #iterator: AsyncIterator<Uint8Array> | null = null;
  #wake: () => void = () => {};
  #over = false;

  constructor(messages: AsyncIterable<Uint8Array>, sink: MessageSink) {
    this.#sink = sink;
    void this.#run(messages);
  }

  resume(): void {
    this.#wake();
  }

  /** What the stream holds is let go, but not awaited: one that is stuck must not keep anybody. */
  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#wake();
    new Promise((resolve) => resolve(this.#iterator?.return?.())).catch(() => {});
  }

  #resumed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #run(messages: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      const iterator = messages[Symbol.asyncIterator]();
      this.#iterator = iterator;
      while (!this.#over) {
        const result = await iterator.next();
        if (this.#over) return;
        if (result.done === true) {
          this.#over = true;
          this.#sink.end();
        } else {
          while (!this.#over && !this.#sink.message(result.value)) await this.#resumed();
        }
      }
    } catch (error) {
      if (this.#over) return;
      this.#over = true;
      this.#sink.fail(error);
    }
  }
}
