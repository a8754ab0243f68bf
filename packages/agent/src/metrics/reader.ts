// SPDX-License-Identifier: Apache-2.0

import {
  create,
  type DescMessage,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { describeMethod, type Transport } from "@hostscope/proto";

/** Reads the machine for one scrape, over the seam that callers use too, in messages rather than bytes. */
export class Reader {
  readonly #transport: Transport;
  readonly #signal: AbortSignal;
  readonly #end: number;

  /** `timeoutMs` from now no call is begun or waited for any more. */
  constructor(transport: Transport, timeoutMs: number, signal: AbortSignal) {
    this.#transport = transport;
    this.#signal = signal;
    this.#end = performance.now() + timeoutMs;
  }

  /** One request, one response; of the time that is left at most `mostMs`. */
  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    mostMs = Number.POSITIVE_INFINITY,
  ): Promise<MessageShape<O>> {
    const options = { timeoutMs: Math.min(mostMs, this.timeLeft), signal: this.#signal };
    const bytes = await this.#transport.unary(describeMethod(method), encode(method, request), options);
    return fromBinary(method.output, bytes);
  }

  /** One request, responses as they come. */
  async *stream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageInitShape<I>,
  ): AsyncIterable<MessageShape<O>> {
    const options = { timeoutMs: this.timeLeft, signal: this.#signal };
    const chunks = this.#transport.serverStream(describeMethod(method), encode(method, request), options);
    for await (const bytes of chunks) yield fromBinary(method.output, bytes);
  }

  /** Milliseconds until the scrape's end; 1 at the least. */
  get timeLeft(): number {
    return Math.max(1, this.#end - performance.now());
  }
}

function encode<I extends DescMessage>(method: { readonly input: I }, request: MessageInitShape<I>): Uint8Array {
  return toBinary(method.input, create(method.input, request));
}
