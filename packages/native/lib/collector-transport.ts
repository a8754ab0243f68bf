// SPDX-License-Identifier: Apache-2.0

import {
  type CallOptions,
  cancelled,
  MessageStream,
  type MethodDescriptor,
  StatusCode,
  StatusError,
  type StreamSource,
  type Transport,
} from "@hostscope/proto";
import type { Addon, NativeCollector, NativeOptions, OnEnd, OnMessage } from "./addon.ts";
import { Popens } from "./popen/popens.ts";
import { processCalls } from "./popen/process-calls.ts";

/** Who waits for what comes of one call: a MessageStream, or somebody who waits for a single response. */
interface Receiver {
  /** A message; true if it was taken at once. */
  push(bytes: Uint8Array): boolean;
  /** The end, with the error or the response if there is one. */
  end(error: StatusError | null, bytes?: Uint8Array): void;
}

interface Pending {
  readonly receiver: Receiver;
  /** Stops listening to the caller's signal. */
  forget(): void;
}

/** What a process that watches costs, and how much slower it is to collect therefore. */
export interface Pace {
  /** 1 or more. */
  readonly stretch: number;
  readonly cpuPercent: number | null;
  readonly rssBytes: number | null;
}

/** The collector as a Transport: gives calls their numbers and brings events to those who wait. */
export class CollectorTransport implements Transport {
  readonly #pending = new Map<number, Pending>();
  readonly #native: NativeCollector;
  readonly #popens: Popens;
  #lastId = 0;
  #closed = false;

  constructor(addon: Addon, options: NativeOptions) {
    const native = new addon.NativeCollector(options, messagesTo(this.#pending), endsTo(this.#pending));
    this.#native = native;
    const refOf = (pid: number) => native.processRef(pid);
    this.#popens = new Popens(
      { rootfs: options.rootfs, refOf, ...processCalls((...call) => this.#ask(...call, true)) },
      options.allowExec,
    );
  }

  unary(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    return this.#ask(method, request, options);
  }

  serverStream(method: MethodDescriptor, request: Uint8Array, options: CallOptions): AsyncIterable<Uint8Array> {
    return this.#stream("server_streaming", method, request, options);
  }

  /** The one method with a stream each way is not the addon's: Node starts programs. */
  bidiStream(
    method: MethodDescriptor,
    requests: AsyncIterable<Uint8Array>,
    options: CallOptions,
  ): AsyncIterable<Uint8Array> {
    const wrong = this.#whyNot("bidi_streaming", method, new Uint8Array(), options.timeoutMs ?? 0, undefined);
    if (wrong === null) return this.#popens.open(requests, options);
    return new MessageStream((stream) => {
      stream.end(wrong);
      return { cancel() {}, taken() {} };
    });
  }

  /** How fast watches collect from now on: `stretch` times slower than they were asked to. For the agent's own budget. */
  setPace({ stretch, cpuPercent, rssBytes }: Pace): void {
    if (!this.#closed) this.#native.setPace(stretch, cpuPercent ?? Number.NaN, rssBytes ?? Number.NaN);
  }

  /** How often watches have collected so far, by method, e.g. "Process.Watch": once for all who watch the same. */
  watchCollections(): Readonly<Record<string, number>> {
    return this.#native.watchCollections();
  }

  async close(): Promise<void> {
    this.#closed = true;
    // They end their processes with calls of their own.
    await this.#popens.close();
    this.#native.close();
  }

  /** `own` calls are those that end a Popen while this is being closed. */
  #ask(method: MethodDescriptor, request: Uint8Array, options: CallOptions, own = false): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const receiver: Receiver = {
        push() {
          reject(new StatusError(StatusCode.INTERNAL, `${method.path} answered with a stream`));
          return true;
        },
        end(error, bytes) {
          if (error === null) resolve(bytes ?? new Uint8Array());
          else reject(error);
        },
      };
      this.#start("unary", method, request, options, receiver, own);
    });
  }

  #stream(
    kind: MethodDescriptor["kind"],
    method: MethodDescriptor,
    request: Uint8Array,
    options: CallOptions,
  ): MessageStream {
    return new MessageStream((stream) => this.#start(kind, method, request, options, stream));
  }

  /** Starts a call. */
  #start(
    kind: MethodDescriptor["kind"],
    method: MethodDescriptor,
    request: Uint8Array,
    { timeoutMs = Number.POSITIVE_INFINITY, signal, grant }: CallOptions,
    receiver: Receiver,
    own = false,
  ): StreamSource {
    const wrong = this.#whyNot(kind, method, request, timeoutMs, signal, own);
    if (wrong !== null) {
      receiver.end(wrong);
      return { cancel() {}, taken() {} };
    }
    const id = this.#newId();
    const pending: Pending = { receiver, forget: () => {} };
    this.#pending.set(id, pending);
    try {
      if (grant === undefined) this.#native.call(id, method.path, request, timeoutMs);
      else this.#native.call(id, method.path, request, timeoutMs, grant);
    } catch (cause) {
      this.#pending.delete(id);
      receiver.end(new StatusError(StatusCode.INTERNAL, `${method.path} could not be called`, null, { cause }));
    }
    const cancel = () => {
      pending.forget();
      if (this.#pending.delete(id)) this.#native.cancel(id);
    };
    // Most calls are over by now.
    if (signal !== undefined && this.#pending.has(id)) {
      const abort = () => {
        cancel();
        receiver.end(cancelled(signal));
      };
      signal.addEventListener("abort", abort, { once: true });
      pending.forget = () => signal.removeEventListener("abort", abort);
    }
    const taken = (bytes: number) => {
      if (this.#pending.has(id)) this.#native.taken(id, bytes);
    };
    return { cancel, taken };
  }

  #whyNot(
    kind: MethodDescriptor["kind"],
    method: MethodDescriptor,
    request: Uint8Array,
    timeoutMs: number,
    signal: AbortSignal | undefined,
    own = false,
  ): StatusError | null {
    if (this.#closed && !own) return new StatusError(StatusCode.UNAVAILABLE, "the collector is closed");
    if (signal?.aborted) return cancelled(signal);
    if (method.kind !== kind) {
      return new StatusError(StatusCode.INVALID_ARGUMENT, `${method.path} is ${method.kind}, not ${kind}`);
    }
    if (!(request instanceof Uint8Array)) {
      return new StatusError(StatusCode.INVALID_ARGUMENT, "a request is a Uint8Array");
    }
    if (typeof timeoutMs !== "number" || Number.isNaN(timeoutMs)) {
      return new StatusError(StatusCode.INVALID_ARGUMENT, "timeoutMs must be a number of milliseconds");
    }
    return null;
  }

  #newId(): number {
    do {
      this.#lastId = (this.#lastId + 1) >>> 0;
    } while (this.#pending.has(this.#lastId));
    return this.#lastId;
  }
}

// What follows holds no transport: one that nobody holds any more can be collected, addon and all.

function messagesTo(calls: Map<number, Pending>): OnMessage {
  return (ids, bytes) => {
    let behind: number[] | undefined;
    for (const id of ids) {
      if (calls.get(id)?.receiver.push(bytes) !== false) continue;
      behind ??= [];
      behind.push(id);
    }
    return behind;
  };
}

function endsTo(calls: Map<number, Pending>): OnEnd {
  return (id, bytes, code, message) => {
    const pending = calls.get(id);
    if (pending === undefined) return;
    calls.delete(id);
    pending.forget();
    if (code === undefined) pending.receiver.end(null, bytes);
    else pending.receiver.end(new StatusError(code as StatusCode, message ?? "", bytes ?? null));
  };
}
