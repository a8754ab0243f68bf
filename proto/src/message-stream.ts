// SPDX-License-Identifier: Apache-2.0

import type { Flow, MessageSink } from "./message-sink.ts";

/** The call behind a stream. */
export interface StreamSource {
  /** Ends the call without a word. */
  cancel(): void;
  /** A message of so many bytes was taken by the reader, not at once but later. */
  taken(bytes: number): void;
}

/**
 * Messages of one streaming call, read once: one by one with next(), or by a sink, which costs no promise for each.
 * `begin` runs when reading begins; `cancel` if it ends early.
 */
export class MessageStream implements AsyncIterableIterator<Uint8Array>, Flow {
  readonly #begin: (stream: MessageStream) => StreamSource;
  #source: StreamSource | null = null;
  #sink: MessageSink | null = null;
  // Null while nobody waits: with a thousand streams, what need not be looked at is time saved.
  #messages: Uint8Array[] | null = null;
  #readers: Reader[] | null = null;
  #begun = false;
  #over = false;
  #error: Error | null = null;

  constructor(begin: (stream: MessageStream) => StreamSource) {
    this.#begin = begin;
  }

  /** Adds a message. True if the reader took it at once; if not, the source is told when it does. */
  push(message: Uint8Array): boolean {
    // What comes after the end is no one's.
    if (this.#over) return true;
    if (this.#messages === null && this.#sink?.message(message) === true) return true;
    const reader = this.#readers?.shift();
    if (reader === undefined) {
      if (this.#over) return true;
      this.#messages ??= [];
      this.#messages.push(message);
      return false;
    }
    reader.resolve({ done: false, value: message });
    return true;
  }

  /** Ends the stream after the messages that are there; with an error if one is given. */
  end(error: Error | null = null): void {
    if (this.#over) return;
    this.#over = true;
    this.#error = error;
    for (const reader of this.#readers?.splice(0) ?? []) this.#settle(reader);
    if (this.#messages === null) this.#endSink();
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    this.#beginOnce();
    const message = this.#messages?.[0];
    if (message !== undefined) {
      this.#take(message);
      return Promise.resolve({ done: false, value: message });
    }
    return new Promise((resolve, reject) => {
      const reader = { resolve, reject };
      if (this.#over) {
        this.#settle(reader);
      } else {
        this.#readers ??= [];
        this.#readers.push(reader);
      }
    });
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.cancel();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Reads it with a sink, from now on. */
  flowTo(sink: MessageSink): void {
    this.#beginOnce();
    this.#sink = sink;
    this.resume();
  }

  /** Offers the sink what waits. */
  resume(): void {
    for (let message = this.#messages?.[0]; message !== undefined; message = this.#messages?.[0]) {
      if (this.#sink?.message(message) !== true) return;
      this.#take(message);
    }
    if (this.#over) this.#endSink();
  }

  /** Ends reading; nobody is told of an end that comes after it. */
  cancel(): void {
    this.#begun = true;
    this.#sink = null;
    const wasOver = this.#over;
    this.#messages = null;
    this.#error = null;
    this.end();
    if (!wasOver) this.#source?.cancel();
  }

  #beginOnce(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#source = this.#begin(this);
  }

  /** The first that waits was taken. */
  #take(message: Uint8Array): void {
    // Whoever took it may have cancelled the stream.
    if (this.#messages === null) return;
    this.#messages.shift();
    if (this.#messages.length === 0) this.#messages = null;
    this.#source?.taken(message.byteLength);
  }

  #endSink(): void {
    const sink = this.#sink;
    const error = this.#error;
    if (sink === null) return;
    this.#sink = null;
    this.#error = null;
    if (error === null) sink.end();
    else sink.fail(error);
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
