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
import { type CallOptions, type MethodDescriptor, StatusCode, StatusError, type Transport } from "@hostscope/proto";

type Handler = (request: Uint8Array) => AsyncIterable<Uint8Array>;

/** A call that a FakeTransport has met. */
export interface SeenCall {
  readonly name: string;
  readonly options: CallOptions;
  /** Set when the caller has stopped before the answer was complete. */
  cancelled: boolean;
}

/** A host made of functions: each answers one RPC with messages, or throws a StatusError. */
export class FakeTransport implements Transport {
  readonly calls: SeenCall[] = [];
  closed = 0;
  readonly #handlers = new Map<string, Handler>();

  /** Answers a unary RPC. */
  on<I extends DescMessage, O extends DescMessage>(
    { name, input, output }: DescMethodUnary<I, O>,
    answer: (request: MessageShape<I>) => MessageInitShape<O> | Promise<MessageInitShape<O>>,
  ): this {
    this.#handlers.set(name, async function* (request) {
      yield toBinary(output, create(output, await answer(fromBinary(input, request))));
    });
    return this;
  }

  /** Answers a streaming RPC. */
  onStream<I extends DescMessage, O extends DescMessage>(
    { name, input, output }: DescMethodServerStreaming<I, O>,
    answer: (request: MessageShape<I>) => Iterable<MessageInitShape<O>> | AsyncIterable<MessageInitShape<O>>,
  ): this {
    this.#handlers.set(name, async function* (request) {
      for await (const message of answer(fromBinary(input, request))) yield toBinary(output, create(output, message));
    });
    return this;
  }

  /** Number of calls of an RPC so far. */
  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  async unary(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    for await (const bytes of this.serverStream(method, request, options)) return bytes;
    throw new StatusError(StatusCode.INTERNAL, "no answer");
  }

  async *serverStream(method: MethodDescriptor, request: Uint8Array, options: CallOptions) {
    const call: SeenCall = { name: method.name, options, cancelled: true };
    this.calls.push(call);
    const handler = this.#handlers.get(method.name);
    if (handler === undefined) throw new StatusError(StatusCode.UNIMPLEMENTED, `fake has no ${method.name}`);
    const aborted = new Promise<never>((_, reject) => {
      options.signal?.addEventListener("abort", () => reject(new StatusError(StatusCode.CANCELLED, "aborted")));
    });
    aborted.catch(() => {});
    const answers = handler(request)[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([answers.next(), aborted]);
      if (next.done === true) break;
      yield next.value;
    }
    call.cancelled = false;
  }

  bidiStream(): AsyncIterable<Uint8Array> {
    throw new StatusError(StatusCode.UNIMPLEMENTED, "fake has no streams both ways");
  }

  async close(): Promise<void> {
    this.closed++;
  }
}
