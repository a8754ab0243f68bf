// SPDX-License-Identifier: Apache-2.0

import { setMaxListeners } from "node:events";
import {
  type MethodDescriptor,
  StatusCode,
  StatusError,
  type Transport,
  type CallOptions as TransportOptions,
} from "@hostscope/proto";
import { type CallOptions, DEFAULT_TIMEOUT_MS } from "./call-options.ts";
import { toHostscopeError } from "./failure.ts";

/** The process a call is about, for the errors it may end with. */
export interface Subject {
  /** Its pid. */
  readonly pid: number;
  /** Its name, if it was read before. */
  readonly processName: string | null;
}

/** One RPC as the SDK makes it. */
export interface Call<T> {
  /** Which RPC. */
  readonly method: MethodDescriptor;
  /** Its encoded request. */
  readonly request: Uint8Array;
  /** Decodes one response. */
  readonly decode: (bytes: Uint8Array) => T;
  /** The caller's options, already checked. */
  readonly options: CallOptions | undefined;
  /** The process it is about. */
  readonly subject?: Subject | undefined;
  /** Milliseconds that the work itself takes, on top of the default timeout. */
  readonly workMs?: number | undefined;
}

/** A Transport with what every call of a host shares: the target's name, default timeout, closing, typed errors. */
export class Connection {
  /** Target of the host, as given to open(). */
  readonly target: string;
  /** The caller's own clock, milliseconds. */
  readonly now: () => number;
  /** Milliseconds a call may take that does not say otherwise. */
  readonly timeoutMs: number;
  readonly #transport: Transport;
  #closing: Promise<void> | null = null;

  constructor(
    transport: Transport,
    target: string,
    timeoutMs: number = DEFAULT_TIMEOUT_MS,
    now: () => number = () => performance.now(),
  ) {
    this.target = target;
    this.now = now;
    this.timeoutMs = timeoutMs;
    this.#transport = transport;
  }

  /** One response. Fails with HostscopeError only. */
  async unary<T>(call: Call<T>): Promise<T> {
    const timeoutMs = this.#timeoutOf(call);
    try {
      this.#checkUsable(timeoutMs, call.options?.signal);
      const options = transportOptions(timeoutMs, call.options?.signal);
      return call.decode(await this.#transport.unary(call.method, call.request, options));
    } catch (error) {
      throw this.#typed(error, call, timeoutMs);
    }
  }

  /** A stream of responses; ending the iteration cancels the call. Fails with HostscopeError only. */
  async *stream<T>(call: Call<T>): AsyncGenerator<T, void, undefined> {
    const timeoutMs = this.#timeoutOf(call);
    try {
      this.#checkUsable(timeoutMs, call.options?.signal);
      const options = transportOptions(timeoutMs, call.options?.signal);
      for await (const bytes of this.#transport.serverStream(call.method, call.request, options)) {
        yield call.decode(bytes);
      }
    } catch (error) {
      throw this.#typed(error, call, timeoutMs);
    }
  }

  /** A stream each way, the requests taken as fast as the host takes them; else as stream(). */
  async *bidi<T>(
    call: Omit<Call<T>, "request">,
    requests: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<T, void, undefined> {
    const whole = { ...call, request: new Uint8Array() };
    const timeoutMs = this.#timeoutOf(whole);
    try {
      this.#checkUsable(timeoutMs, call.options?.signal);
      const options = transportOptions(timeoutMs, call.options?.signal);
      for await (const bytes of this.#transport.bidiStream(call.method, requests, options)) {
        yield call.decode(bytes);
      }
    } catch (error) {
      throw this.#typed(error, whole, timeoutMs);
    }
  }

  /** Frees the transport; calls in progress fail with Cancelled. Safe to call twice. */
  close(): Promise<void> {
    this.#closing ??= this.#transport.close();
    return this.#closing;
  }

  #timeoutOf(call: Call<unknown>): number {
    return call.options?.timeoutMs ?? this.timeoutMs + (call.workMs ?? 0);
  }

  /** What no transport need be asked for. */
  #checkUsable(timeoutMs: number, signal: AbortSignal | undefined): void {
    if (this.#closing !== null || signal?.aborted === true) {
      throw new StatusError(StatusCode.CANCELLED, "given up before the call began");
    }
    if (timeoutMs <= 0) {
      throw new StatusError(StatusCode.DEADLINE_EXCEEDED, "the time was up before the call began");
    }
  }

  #typed(error: unknown, call: Call<unknown>, timeoutMs: number): Error {
    return toHostscopeError(error, {
      host: this.target,
      op: `${call.method.service}.${call.method.name}`,
      timeoutMs,
      pid: call.subject?.pid ?? null,
      processName: call.subject?.processName ?? null,
      signal: call.options?.signal,
      closed: this.#closing !== null,
    });
  }
}

function transportOptions(timeoutMs: number, signal: AbortSignal | undefined): TransportOptions {
  if (signal === undefined) {
    return { timeoutMs };
  }
  // One signal for a hundred calls at once is ordinary use; Node would warn of a leak at eleven.
  setMaxListeners(0, signal);
  return { timeoutMs, signal };
}
