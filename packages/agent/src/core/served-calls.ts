// SPDX-License-Identifier: Apache-2.0

import type { Socket } from "node:net";
import {
  type CallOptions,
  cancelled,
  MessageStream,
  type MethodDescriptor,
  StatusCode,
  StatusError,
  type Transport,
} from "@hostscope/proto";
import type { Pace } from "../budget/overhead-budget.ts";
import { isPaced } from "../budget/pace-keeper.ts";
import type { Logger } from "../log.ts";
import { watchCollectionsOf } from "../serve/watch-collections.ts";
import { countBody, type Frame, FrameError, FrameKind, readCount, splitHead, withHead } from "./frame.ts";
import { FrameSocket } from "./frame-socket.ts";
import { checkHello, sayHello } from "./hello.ts";
import { MAX_REQUEST_FRAME, WINDOW_BYTES } from "./link-limits.ts";
import { WATCH_COLLECTIONS } from "./own-methods.ts";

/** One call of the front's that is in progress here. */
interface ServedCall {
  readonly abort: AbortController;
  readonly input: MessageStream;
  /** Bytes sent that their reader has not taken. */
  ahead: number;
  /** Lets the stream go on. */
  wake(): void;
}

/** What the core serves, and to whom it tells what went wrong. */
export interface Core {
  readonly transport: Transport;
  /** By path; nothing else can be called. */
  readonly methods: ReadonlyMap<string, MethodDescriptor>;
  readonly logger: Logger;
}

/** The core's end of a link: does the calls that come through it, until it is closed. */
export class ServedCalls {
  readonly #core: Core;
  readonly #socket: FrameSocket;
  readonly #calls = new Map<number, ServedCall>();
  #greeted = false;

  constructor(core: Core, socket: Socket) {
    this.#core = core;
    this.#socket = new FrameSocket(socket, MAX_REQUEST_FRAME, {
      frame: (frame) => this.#onFrame(frame),
      closed: (error) => this.#onClosed(error),
    });
    sayHello(this.#socket);
  }

  #onFrame(frame: Frame): void {
    if (!this.#greeted) {
      if (frame.kind !== FrameKind.HELLO) throw new FrameError("the first frame is no greeting");
      checkHello(frame.body);
      this.#greeted = true;
      return;
    }
    const call = this.#calls.get(frame.call);
    switch (frame.kind) {
      case FrameKind.CALL:
        if (call !== undefined) throw new FrameError(`call ${frame.call} is in progress already`);
        this.#begin(frame);
        return;
      case FrameKind.PACE:
        if (isPaced(this.#core.transport)) this.#core.transport.setPace(splitHead(frame.body).head as unknown as Pace);
        return;
      // What concerns a call that has just ended is late, not wrong.
      case FrameKind.INPUT:
        if (call?.input.push(frame.body)) this.#tellTaken(frame.call, frame.body.byteLength);
        return;
      case FrameKind.INPUT_END:
        call?.input.end();
        return;
      case FrameKind.CANCEL:
        call?.abort.abort();
        return;
      case FrameKind.TAKEN:
        if (call === undefined) return;
        call.ahead -= readCount(frame.body);
        call.wake();
        return;
      default:
        throw new FrameError(`a frame of kind ${frame.kind} is not for the core`);
    }
  }

  #begin({ call: id, body }: Frame): void {
    const { head, bytes } = splitHead(body);
    const { path, ...told } = head;
    const method = path === WATCH_COLLECTIONS.path ? WATCH_COLLECTIONS : this.#core.methods.get(String(path));
    const input = new MessageStream(() => ({ cancel() {}, taken: (bytes) => this.#tellTaken(id, bytes) }));
    const call: ServedCall = { abort: new AbortController(), input, ahead: 0, wake() {} };
    call.abort.signal.addEventListener("abort", () => call.wake(), { once: true });
    this.#calls.set(id, call);
    const work =
      method === undefined
        ? Promise.reject(new StatusError(StatusCode.UNIMPLEMENTED, `there is no method ${String(path)}`))
        : this.#run(id, call, method, bytes, { ...told, signal: call.abort.signal });
    work.then(
      (response) => this.#socket.send(FrameKind.END, id, response),
      (error: unknown) => this.#fail(id, error),
    );
    work.catch(() => {}).finally(() => this.#calls.delete(id));
  }

  #tellTaken(id: number, bytes: number): void {
    this.#socket.send(FrameKind.INPUT_TAKEN, id, countBody(bytes));
  }

  async #run(
    id: number,
    call: ServedCall,
    method: MethodDescriptor,
    request: Uint8Array,
    options: CallOptions,
  ): Promise<Uint8Array> {
    const { transport } = this.#core;
    if (method === WATCH_COLLECTIONS) return Buffer.from(JSON.stringify(await watchCollectionsOf(transport)));
    if (method.kind === "unary") return transport.unary(method, request, options);
    const messages =
      method.kind === "server_streaming"
        ? transport.serverStream(method, request, options)
        : transport.bidiStream(method, call.input, options);
    for await (const message of messages) {
      this.#socket.send(FrameKind.MESSAGE, id, message);
      call.ahead += message.byteLength;
      while (call.ahead >= WINDOW_BYTES && !call.abort.signal.aborted) await roomFor(call);
      if (call.abort.signal.aborted) throw cancelled(call.abort.signal);
    }
    return new Uint8Array();
  }

  #fail(id: number, error: unknown): void {
    const known = error instanceof StatusError;
    if (!known) this.#core.logger.error({ err: error }, "a call failed with something unexpected");
    const code = known ? error.code : StatusCode.INTERNAL;
    const message = known ? error.message : "internal error of the collector's process; its log has the cause";
    const detail = known ? error.detail : null;
    this.#socket.send(
      FrameKind.FAIL,
      id,
      withHead({ code, message, detail: detail !== null }, detail ?? new Uint8Array()),
    );
  }

  #onClosed(error: Error | null): void {
    if (error !== null) this.#core.logger.warn({ err: error }, "the link to the network front broke");
    for (const call of this.#calls.values()) {
      call.abort.abort();
      call.input.end(new StatusError(StatusCode.CANCELLED, "the network front hung up"));
    }
  }

  /** Hangs up; calls in progress are cancelled. */
  close(): void {
    this.#socket.destroy();
  }
}

function roomFor(call: ServedCall): Promise<void> {
  return new Promise((resolve) => {
    call.wake = resolve;
  });
}
