// SPDX-License-Identifier: Apache-2.0

import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallOptions as GrpcOptions, Metadata } from "@grpc/grpc-js";
import { type CallOptions, type MethodDescriptor, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import type { Target } from "../target.ts";
import { bearerToken } from "./bearer-token.ts";
import type { Credentials } from "./credentials.ts";
import { GrpcLine, type Line, type Way } from "./line.ts";
import { toStatusError } from "./status.ts";
import { tlsChannels } from "./tls-channel.ts";

/** What goes on for a caller. */
interface Running {
  cancel(): void;
}

/** What all kinds of call have in common. */
interface GrpcCall extends Running {
  once(event: "metadata", listener: () => void): unknown;
}

/** What a call is to show, and until when it may take. */
interface Ready {
  readonly metadata: Metadata;
  readonly until: GrpcOptions;
}

// For an agent that is being started anew. Never the same for two clients, lest all of them come at once.
const RETRY_MS = 100;

/** The seam over gRPC. `address` is grpc-js's, e.g. "ipv4:127.0.0.1:7443". Connects on the first call. */
export class GrpcTransport implements Transport {
  readonly #line: GrpcLine;
  readonly #running = new Set<Running>();
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
    const ready = this.#ready(options);
    if (ready instanceof Promise) {
      return ready.then((shown) => this.#send(shown, method, request, options));
    }
    return this.#send(ready, method, request, options);
  }

  #send(ready: Ready, method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const line = this.#begin(ready, options);
      const call = line.client.makeUnaryRequest(
        method.path,
        toBuffer,
        asIs,
        request,
        line.metadata,
        ready.until,
        (error, response) => {
          end();
          line.end(error !== null && isOurs(error));
          if (error === null && response !== undefined) {
            resolve(response);
          } else {
            reject(this.#failure(error, options));
          }
        },
      );
      call.once("metadata", line.answered);
      const end = this.#follow(call, options.signal);
    });
  }

  async *serverStream(
    method: MethodDescriptor,
    request: Uint8Array,
    options: CallOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const ready = await this.#ready(options);
    const line = this.#begin(ready, options);
    const call = line.client.makeServerStreamRequest(method.path, toBuffer, asIs, request, line.metadata, ready.until);
    yield* this.#messages(call, line, options);
  }

  async *bidiStream(
    method: MethodDescriptor,
    requests: AsyncIterable<Uint8Array>,
    options: CallOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const ready = await this.#ready(options);
    const line = this.#begin(ready, options);
    const call = line.client.makeBidiStreamRequest(method.path, toBuffer, asIs, line.metadata, ready.until);
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
    call.once("metadata", line.answered);
    const end = this.#follow(call, options.signal);
    let givenUp = true;
    try {
      yield* call;
      givenUp = false;
    } catch (error) {
      givenUp = isOurs(error);
      throw this.#failure(error, options);
    } finally {
      end();
      line.end(givenUp);
      // Leaving an iteration destroys the stream, and grpc-js goes on with the call.
      call.cancel();
    }
  }

  /** What a call needs before it begins; at once, if no token has to be waited for. */
  #ready(options: CallOptions): Ready | Promise<Ready> {
    this.#checkUsable(options);
    const until = deadlineOf(options);
    const metadata = this.#line.metadata();
    if (!(metadata instanceof Promise)) {
      return { metadata, until };
    }
    return this.#inTime(metadata, options).then((shown) => ({ metadata: shown, until }));
  }

  /** What is waited for, unless the call is over before it comes: a caller's token may never. */
  #inTime<T>(pending: Promise<T>, options: CallOptions): Promise<T> {
    const { timeoutMs, signal } = options;
    let giveUp: (why: StatusError) => void = () => {};
    const given = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    const cancel = () => giveUp(new StatusError(StatusCode.CANCELLED, "cancelled while its token was waited for"));
    const late = () => giveUp(new StatusError(StatusCode.DEADLINE_EXCEEDED, `no token within ${timeoutMs} ms`));
    const end = this.#follow({ cancel }, signal);
    const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
    return Promise.race([pending, given]).finally(() => {
      clearTimeout(timer);
      end();
    });
  }

  /** A line for a call that is still wanted. */
  #begin({ metadata }: Ready, options: CallOptions): Line {
    this.#checkUsable(options);
    return this.#line.begin(metadata);
  }

  /** Cancels what goes on when the signal fires or the transport closes; returns what ends that. */
  #follow(running: Running, signal: AbortSignal | undefined): () => void {
    const cancel = () => running.cancel();
    this.#running.add(running);
    signal?.addEventListener("abort", cancel, { once: true });
    return () => {
      this.#running.delete(running);
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

function deadlineOf({ timeoutMs }: CallOptions): GrpcOptions {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}

/** The same bytes, as the class grpc-js wants. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function asIs(bytes: Buffer): Uint8Array {
  return bytes;
}
