// SPDX-License-Identifier: Apache-2.0

import type { MessageInitShape } from "@bufbuild/protobuf";
import { PopenRequestSchema } from "@hostscope/proto/gen/popen";
import { describe } from "../call-options.ts";
import { InvalidArgument, NoSuchProcess } from "../errors.ts";
import { encode } from "../wire/encode.ts";

/** Bytes of one request; an agent takes 64 KiB with all that is around them. */
const CHUNK = 32 * 1024;

type Kind = NonNullable<MessageInitShape<typeof PopenRequestSchema>["kind"]>;

interface Item {
  readonly message: Uint8Array;
  readonly taken: (error?: unknown) => void;
}

/** Standard input of a process that popen() started. */
export class PopenInput {
  readonly #queue: Item[] = [];
  #reader: ((result: IteratorResult<Uint8Array, undefined>) => void) | null = null;
  #last: Item | null = null;
  #ended = false;
  #over = false;
  #error: unknown = null;

  /**
   * Resolves when there is room for more: a process that does not read holds its writer up. NoSuchProcess once it has
   * ended, InvalidArgument after end().
   */
  async write(data: Uint8Array | string): Promise<void> {
    if (typeof data !== "string" && !(data instanceof Uint8Array)) {
      throw new InvalidArgument(`Popen.stdin.write takes bytes or text, not ${describe(data)}`);
    }
    if (this.#ended) {
      throw new InvalidArgument("Popen.stdin.write: it was ended before");
    }
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    for (let from = 0; from < bytes.byteLength; from += CHUNK) {
      await this.#send({ case: "stdin", value: bytes.subarray(from, from + CHUNK) });
    }
  }

  /** Closes it: the process reads its end. Does nothing the second time, or once the process has ended. */
  async end(): Promise<void> {
    if (this.#ended || this.#over) {
      return;
    }
    this.#ended = true;
    await this.#send({ case: "stdinEnd", value: true }).catch(() => {});
  }

  /** @internal The requests of the call, `first` before all others. */
  requests(first: Kind): AsyncIterable<Uint8Array> {
    void this.#send(first).catch(() => {});
    const next = () => this.#next();
    const stop = () => {
      this.close(null);
      return Promise.resolve({ done: true as const, value: undefined });
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
  }

  /** @internal The process has ended, or the call; with an error if it did so badly. */
  close(error: unknown): void {
    if (this.#over) {
      return;
    }
    this.#over = true;
    this.#error = error ?? new NoSuchProcess("the process has ended and reads no more");
    this.#last?.taken(this.#error);
    for (const { taken } of this.#queue.splice(0)) {
      taken(this.#error);
    }
    this.#reader?.({ done: true, value: undefined });
  }

  #send(kind: Kind): Promise<void> {
    if (this.#over) {
      return Promise.reject(this.#error);
    }
    return new Promise((resolve, reject) => {
      const taken = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      const item = { message: encode(PopenRequestSchema, { kind }), taken };
      if (this.#reader === null) {
        this.#queue.push(item);
      } else {
        const reader = this.#reader;
        this.#reader = null;
        this.#last = item;
        reader({ done: false, value: item.message });
      }
    });
  }

  /** To ask for the next message says that the last one was taken. */
  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#last?.taken();
    this.#last = this.#queue.shift() ?? null;
    if (this.#last !== null) {
      return Promise.resolve({ done: false, value: this.#last.message });
    }
    if (this.#over) {
      return Promise.resolve({ done: true, value: undefined });
    }
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }
}
