// SPDX-License-Identifier: Apache-2.0

import type { CallOptions, MethodDescriptor, Transport } from "@hostscope/proto";
import { checkMutation } from "./mutation.ts";
import type { Claim, Operations } from "./operations.ts";

/** What a guarded stream works with. */
export interface BidiContext {
  readonly inner: Transport;
  readonly operations: Operations;
}

/**
 * A stream each way whose first message says what is to be done: it is checked, and its operation id claimed, before the
 * collector hears of it. No generator: those let go of what they wait for only when it has come.
 */
export class GuardedBidi implements AsyncIterableIterator<Uint8Array> {
  readonly #context: BidiContext;
  readonly #method: MethodDescriptor;
  readonly #incoming: AsyncIterator<Uint8Array>;
  readonly #options: CallOptions;
  #answers: Promise<AsyncIterator<Uint8Array>> | null = null;
  #claim: Claim | null = null;
  #begun = false;
  #over = false;

  constructor(
    context: BidiContext,
    method: MethodDescriptor,
    requests: AsyncIterable<Uint8Array>,
    options: CallOptions,
  ) {
    this.#context = context;
    this.#method = method;
    this.#incoming = requests[Symbol.asyncIterator]();
    this.#options = options;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#over) return { done: true, value: undefined };
    try {
      this.#answers ??= this.#open();
      const answer = await (await this.#answers).next();
      if (answer.done === true) await this.#release(null);
      else this.#begun = true;
      return answer;
    } catch (error) {
      await this.#release(error);
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    const answers = this.#answers;
    this.#answers ??= Promise.reject(new Error("left before the first message"));
    this.#answers.catch(() => {});
    // What was done by then is not known here.
    await this.#release(null);
    if (answers === null) await this.#incoming.return?.();
    else answers.then((opened) => opened.return?.()).catch(() => {});
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #open(): Promise<AsyncIterator<Uint8Array>> {
    const { inner, operations } = this.#context;
    const first = await this.#incoming.next();
    if (first.done !== true) {
      const operationId = checkMutation(this.#method, first.value);
      if (operationId !== null)
        this.#claim = await operations.claim(operationId, this.#method, first.value, this.#options);
    }
    const requests = replayed(first, this.#incoming);
    return inner.bidiStream(this.#method, requests, this.#options)[Symbol.asyncIterator]();
  }

  async #release(error: unknown): Promise<void> {
    this.#over = true;
    const claim = this.#claim;
    this.#claim = null;
    await claim?.release(this.#begun || error === null, error);
  }
}

async function* replayed(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
