// SPDX-License-Identifier: Apache-2.0

import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallOptions as GrpcOptions } from "@grpc/grpc-js";
import { type CallOptions, type MethodDescriptor, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import type { Target } from "../target.ts";
import { bearerToken } from "./bearer-token.ts";
import type { Credentials } from "./credentials.ts";
import { GrpcLine, type Line, type Way } from "./line.ts";
import { toStatusError } from "./status.ts";
import { tlsChannels } from "./tls-channel.ts";

/** What both kinds of call have in common. */
interface GrpcCall {
  cancel(): void;
  once(event: "metadata", listener: () => void): unknown;
}

// For an agent that is being started anew. Never the same for two clients, lest all of them come at once.
const RETRY_MS = 100;

/** The seam over gRPC. `address` is grpc-js's, e.g. "ipv4:127.0.0.1:7443". Connects on the first call. */
export class GrpcTransport implements Transport {
  readonly #line: GrpcLine;
  readonly #running = new Set<GrpcCall>();
  #closed = false;

  constructor(address: string, way?: Way) {
    this.#line = new GrpcLine(address, way);
  }

  async unary(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    const began = performance.now();
    try {
      return await this.#unary(method, request, options);
    } catch (error) {
      if (!mayRetry(method, error, options)) {
        throw error;
      }
      await sleep(RETRY_MS * (1 + Math.random()));
      // Without the time that has passed; if that was all of it, the first answer stands.
      const { timeoutMs = Number.POSITIVE_INFINITY } = options;
      const left = timeoutMs - (performance.now() - began);
      if (left <= 0 || this.#closed || options.signal?.aborted === true) {
        throw error;
      }
      return this.#unary(
        method,
        request,
        left === Number.POSITIVE_INFINITY ? options : { ...options, timeoutMs: left },
      );
    }
  }

  #unary(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    const line = this.#begin(options);
    if (line instanceof Promise) {
      return line.then((ready) => this.#send(ready, method, request, options));
    }
    return this.#send(line, method, request, options);
  }

  #send(line: Line, method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const call = line.client.makeUnaryRequest(
        method.path,
        toBuffer,
        asIs,
        request,
        line.metadata,
        grpcOptions(options),
        (error, response) => {
          end(error !== null && isOurs(error));
          if (error === null && response !== undefined) {
            resolve(response);
          } else {
            reject(this.#failure(error, options));
          }
        },
      );
      const end = this.#follow(call, line, options.signal);
    });
  }

  async *serverStream(
    method: MethodDescriptor,
    request: Uint8Array,
    options: CallOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const line = await this.#begin(options);
    const call = line.client.makeServerStreamRequest(
      method.path,
      toBuffer,
      asIs,
      request,
      line.metadata,
      grpcOptions(options),
    );
    yield* this.#messages(call, line, options);
  }

  async *bidiStream(
    method: MethodDescriptor,
    requests: AsyncIterable<Uint8Array>,
    options: CallOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const line = await this.#begin(options);
    const call = line.client.makeBidiStreamRequest(method.path, toBuffer, asIs, line.metadata, grpcOptions(options));
    const source = Readable.from(requests);
    // Whatever ends the sending, the side that reads reports it.
    pipeline(source, call as unknown as Writable).catch(() => {});
    try {
      yield* this.#messages(call, line, options);
    } finally {
      source.destroy();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const call of this.#running) {
      call.cancel();
    }
    this.#line.close();
  }

  /** Messages of a call until it ends; cancels it if the reader leaves early. */
  async *#messages(
    call: GrpcCall & NodeJS.ReadableStream & AsyncIterable<Uint8Array>,
    line: Line,
    options: CallOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    // A cancelled call reports an error although nobody listens any more.
    call.on("error", () => {});
    const end = this.#follow(call, line, options.signal);
    let givenUp = true;
    try {
      yield* call;
      givenUp = false;
    } catch (error) {
      givenUp = isOurs(error);
      throw this.#failure(error, options);
    } finally {
      end(givenUp);
      // Leaving an iteration destroys the stream, and grpc-js goes on with the call.
      call.cancel();
    }
  }

  /** A line for a call, unless it has ended before it began. At once, if no token has to be waited for. */
  #begin(options: CallOptions): Line | Promise<Line> {
    this.#checkUsable(options);
    const line = this.#line.begin();
    return line instanceof Promise ? line.then((ready) => this.#stillUsable(ready, options)) : line;
  }

  #stillUsable(line: Line, options: CallOptions): Line {
    try {
      this.#checkUsable(options);
      return line;
    } catch (error) {
      line.end(false);
      throw error;
    }
  }

  /** Cancels the call when the signal fires or the transport closes; returns what ends that. */
  #follow(call: GrpcCall, line: Line, signal: AbortSignal | undefined): (givenUp: boolean) => void {
    const cancel = () => call.cancel();
    this.#running.add(call);
    call.once("metadata", line.answered);
    signal?.addEventListener("abort", cancel, { once: true });
    return (givenUp) => {
      if (!this.#running.delete(call)) {
        return;
      }
      line.end(givenUp);
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
    return this.#closed ? failure : this.#line.explain(failure, timeoutMs);
  }
}

/** The transport to an agent. Throws InvalidArgument if the credentials cannot be used. */
export function grpcTransport(
  target: Exclude<Target, { kind: "local" }>,
  credentials: Credentials = {},
): GrpcTransport {
  return new GrpcTransport(target.address, {
    tls: target.kind === "https" ? tlsChannels(target.name, credentials) : undefined,
    token: bearerToken(credentials),
  });
}

/** Only what changes nothing, and only if the agent itself says that it has not begun, such as when it is stopping. */
function mayRetry({ mutates }: MethodDescriptor, error: unknown, { signal }: CallOptions): boolean {
  const isRefused = error instanceof StatusError && error.code === StatusCode.UNAVAILABLE && error.detail !== null;
  return isRefused && !mutates && signal?.aborted !== true;
}

/** Whether a call may have ended because this side gave it up, rather than by the server's word. */
function isOurs(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === StatusCode.CANCELLED || code === StatusCode.DEADLINE_EXCEEDED;
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
