// SPDX-License-Identifier: Apache-2.0

import {
  create,
  type DescMessage,
  type DescMethodServerStreaming,
  type MessageInitShape,
  toBinary,
} from "@bufbuild/protobuf";
import { type CallOptions, type MethodDescriptor, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import type { Host } from "../host/host.ts";
import { createHost } from "../open.ts";

/** One host with one stream, of which a test says what it tells and when. */
export class FakeStream<O extends DescMessage> implements Transport {
  /** Connections that were made so far, tries that failed, and connections that are open. */
  opened = 0;
  refused = 0;
  isOpen = false;
  closed = 0;
  readonly #output: O;
  #isDead = false;
  #queue: (MessageInitShape<O> | StatusError | null)[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(output: O) {
    this.#output = output;
  }

  /** Tells something to who is connected, or to who comes first. */
  tell(...messages: MessageInitShape<O>[]): this {
    this.#queue.push(...messages);
    this.#wake();
    return this;
  }

  /** Ends the connection, with a failure or as an agent does that goes. */
  end(code: StatusCode | null): this {
    this.#queue.push(code === null ? null : new StatusError(code, "no"));
    this.#wake();
    return this;
  }

  /** Nobody is there until it is back. */
  die(): this {
    this.#isDead = true;
    return this.isOpen ? this.end(StatusCode.UNAVAILABLE) : this;
  }

  back(): this {
    this.#isDead = false;
    return this;
  }

  async *serverStream(_: MethodDescriptor, __: Uint8Array, { signal }: CallOptions) {
    if (this.#isDead) {
      this.refused++;
      throw new StatusError(StatusCode.UNAVAILABLE, "nobody is there");
    }
    this.opened++;
    this.isOpen = true;
    const abort = () => this.#wake();
    signal?.addEventListener("abort", abort);
    try {
      for (;;) {
        if (signal?.aborted === true) throw new StatusError(StatusCode.CANCELLED, "aborted");
        const next = this.#queue.shift();
        if (next === null) return;
        if (next instanceof StatusError) throw next;
        if (next !== undefined) yield toBinary(this.#output, create(this.#output, next));
        else {
          await new Promise<void>((resolve) => this.#waiting.add(resolve));
        }
      }
    } finally {
      signal?.removeEventListener("abort", abort);
      this.isOpen = false;
    }
  }

  #wake(): void {
    for (const resume of this.#waiting) resume();
    this.#waiting.clear();
  }

  unary(): Promise<Uint8Array> {
    throw new StatusError(StatusCode.UNIMPLEMENTED, "fake has one stream alone");
  }

  bidiStream(): AsyncIterable<Uint8Array> {
    throw new StatusError(StatusCode.UNIMPLEMENTED, "fake has one stream alone");
  }

  async close(): Promise<void> {
    this.closed++;
  }
}

/** Hosts with one stream each, by target. */
export class FakeStreams<O extends DescMessage> {
  readonly #output: O;
  readonly #hosts = new Map<string, FakeStream<O>>();

  constructor({ output }: DescMethodServerStreaming<DescMessage, O>) {
    this.#output = output;
  }

  /** The host behind a target. */
  at(target: string): FakeStream<O> {
    const host = this.#hosts.get(target) ?? new FakeStream(this.#output);
    this.#hosts.set(target, host);
    return host;
  }

  /** The fleet option of this name. */
  readonly open = (target: string): Host => createHost(this.at(target), { target });
}
