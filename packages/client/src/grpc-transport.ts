// SPDX-License-Identifier: Apache-2.0

import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  type ChannelOptions,
  Client,
  connectivityState,
  credentials,
  type CallOptions as GrpcOptions,
  Metadata,
} from "@grpc/grpc-js";
import { type CallOptions, type MethodDescriptor, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { toStatusError } from "./grpc-status.ts";

const OPTIONS: ChannelOptions = {
  // A host that vanished without a word is noticed while a call waits for it.
  "grpc.keepalive_time_ms": 30_000,
  "grpc.keepalive_timeout_ms": 10_000,
  "grpc.keepalive_permit_without_calls": 0,
  // The default of 64 KiB is what limits big answers: 270 against 900 MB/s on loopback.
  "grpc-node.flow_control_window": 1 << 20,
  // What an agent sends at most. Lists come in small messages, but the maps of one process can be tens of megabytes.
  "grpc.max_receive_message_length": 64 << 20,
  // An agent that was restarted is found again within a second or two.
  "grpc.initial_reconnect_backoff_ms": 200,
  "grpc.max_reconnect_backoff_ms": 2_000,
  // A call is sent again only if it provably never reached the server's handler; that needs no policy.
  "grpc.enable_retries": 0,
  // Neither environment variables nor DNS records decide where host data go.
  "grpc.enable_http_proxy": 0,
  "grpc.service_config_disable_resolution": 1,
  // A connection of its own: closing one Host does not touch another.
  "grpc.use_local_subchannel_pool": 1,
  "grpc.enable_channelz": 0,
};

/** What both kinds of call have in common. */
interface GrpcCall {
  cancel(): void;
}

/** The seam over gRPC, in plaintext. `address` is grpc-js's, e.g. "ipv4:127.0.0.1:7443". Connects on the first call. */
export class GrpcTransport implements Transport {
  readonly #client: Client;
  readonly #running = new Set<GrpcCall>();
  #closed = false;

  constructor(address: string) {
    this.#client = new Client(address, credentials.createInsecure(), OPTIONS);
  }

  unary(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#checkUsable(options);
      const call = this.#client.makeUnaryRequest(
        method.path,
        toBuffer,
        asIs,
        request,
        new Metadata(),
        grpcOptions(options),
        (error, response) => {
          end();
          if (error === null && response !== undefined) {
            resolve(response);
          } else {
            reject(this.#failure(error, options));
          }
        },
      );
      const end = this.#follow(call, options.signal);
    });
  }

  async *serverStream(
    method: MethodDescriptor,
    request: Uint8Array,
    options: CallOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    this.#checkUsable(options);
    const call = this.#client.makeServerStreamRequest(
      method.path,
      toBuffer,
      asIs,
      request,
      new Metadata(),
      grpcOptions(options),
    );
    yield* this.#messages(call, options);
  }

  async *bidiStream(
    method: MethodDescriptor,
    requests: AsyncIterable<Uint8Array>,
    options: CallOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    this.#checkUsable(options);
    const call = this.#client.makeBidiStreamRequest(method.path, toBuffer, asIs, new Metadata(), grpcOptions(options));
    const source = Readable.from(requests);
    // Whatever ends the sending, the side that reads reports it.
    pipeline(source, call as unknown as Writable).catch(() => {});
    try {
      yield* this.#messages(call, options);
    } finally {
      source.destroy();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const call of this.#running) {
      call.cancel();
    }
    this.#client.close();
  }

  /** Messages of a call until it ends; cancels it if the reader leaves early. */
  async *#messages(
    call: GrpcCall & NodeJS.ReadableStream & AsyncIterable<Uint8Array>,
    options: CallOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    // A cancelled call reports an error although nobody listens any more.
    call.on("error", () => {});
    const end = this.#follow(call, options.signal);
    try {
      yield* call;
    } catch (error) {
      throw this.#failure(error, options);
    } finally {
      end();
      // Leaving an iteration destroys the stream, and grpc-js goes on with the call.
      call.cancel();
    }
  }

  /** Cancels the call when the signal fires or the transport closes; returns what ends that. */
  #follow(call: GrpcCall, signal: AbortSignal | undefined): () => void {
    const cancel = () => call.cancel();
    this.#running.add(call);
    signal?.addEventListener("abort", cancel, { once: true });
    return () => {
      this.#running.delete(call);
      signal?.removeEventListener("abort", cancel);
    };
  }

  #checkUsable({ timeoutMs, signal }: CallOptions): void {
    if (this.#closed) {
      throw new StatusError(StatusCode.CANCELLED, "the transport is closed");
    }
    if (signal?.aborted === true) {
      throw new StatusError(StatusCode.CANCELLED, "aborted before the call began", null, { cause: signal.reason });
    }
    if (timeoutMs !== undefined && timeoutMs <= 0) {
      throw new StatusError(StatusCode.DEADLINE_EXCEEDED, "the deadline passed before the call began");
    }
  }

  #failure(error: unknown, { timeoutMs }: CallOptions): StatusError {
    const failure = toStatusError(error);
    const timedOut = failure.code === StatusCode.DEADLINE_EXCEEDED && failure.detail === null;
    if (
      timedOut &&
      !this.#closed &&
      this.#client.getChannel().getConnectivityState(false) !== connectivityState.READY
    ) {
      return new StatusError(StatusCode.UNAVAILABLE, `no connection within ${timeoutMs} ms`);
    }
    return failure;
  }
}

function grpcOptions({ timeoutMs }: CallOptions): GrpcOptions {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}

/** The same bytes, as the class grpc-js wants. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function asIs(bytes: Buffer): Uint8Array {
  return bytes;
}
