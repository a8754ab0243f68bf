// SPDX-License-Identifier: Apache-2.0

import { connect, type Socket } from "node:net";
import {
  type CallOptions,
  cancelled,
  MessageStream,
  type MethodDescriptor,
  StatusCode,
  StatusError,
  type StreamSource,
} from "@hostscope/proto";
import type { Pace } from "../budget/overhead-budget.ts";
import type { PacedTransport } from "../budget/pace-keeper.ts";
import type { CountingTransport, WatchCollections } from "../serve/watch-collections.ts";
import { countBody, type Frame, FrameError, FrameKind, readCount, splitHead, withHead } from "./frame.ts";
import { FrameSocket } from "./frame-socket.ts";
import { checkHello, sayHello } from "./hello.ts";
import { MAX_RESPONSE_FRAME, WINDOW_BYTES } from "./link-limits.ts";
import { WATCH_COLLECTIONS } from "./own-methods.ts";

/** Who waits for what comes of one call. */
interface Receiver {
  message(bytes: Uint8Array): boolean;
  end(response: Uint8Array): void;
  error(error: StatusError): void;
  /** Of a call with a stream each way: the core took so many bytes of its input. */
  inputTaken?(bytes: number): void;
  /** The call is over, and takes no more. */
  inputOver?(): void;
}

// Told in pieces of this size, what was taken costs few frames and never keeps the core waiting.
const TOLD_BYTES = WINDOW_BYTES / 4;

/**
 * The collector of this machine in another process, behind a UNIX socket: what listens to the network needs no rights
 * on the machine. A link that breaks fails its calls with UNAVAILABLE; the next call makes a new one.
 */
export class CoreTransport implements PacedTransport, CountingTransport {
  readonly #path: string;
  readonly #receivers = new Map<number, Receiver>();
  #link: Promise<FrameSocket> | null = null;
  #ready: FrameSocket | null = null;
  #pace: Pace | null = null;
  #lastId = 0;
  #closed = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Makes sure of the link now. Rejects with a StatusError. */
  async connect(): Promise<void> {
    await this.#linked();
  }

  unary(method: MethodDescriptor, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#start(method, request, options, {
        message() {
          reject(new StatusError(StatusCode.INTERNAL, `${method.path} answered with a stream`));
          return true;
        },
        end: resolve,
        error: reject,
      });
    });
  }

  serverStream(method: MethodDescriptor, request: Uint8Array, options: CallOptions): AsyncIterable<Uint8Array> {
    return new MessageStream((stream) => this.#start(method, request, options, streamReceiver(stream)));
  }

  bidiStream(
    method: MethodDescriptor,
    requests: AsyncIterable<Uint8Array>,
    options: CallOptions,
  ): AsyncIterable<Uint8Array> {
    return new MessageStream((stream) =>
      this.#start(method, new Uint8Array(), options, streamReceiver(stream), requests),
    );
  }

  setPace(pace: Pace): void {
    this.#pace = pace;
    this.#ready?.send(FrameKind.PACE, 0, withHead(pace));
  }

  async watchCollections(): Promise<WatchCollections> {
    const counts = await this.unary(WATCH_COLLECTIONS, new Uint8Array(), {});
    return JSON.parse(Buffer.from(counts).toString()) as WatchCollections;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#ready?.destroy();
  }

  #start(
    method: MethodDescriptor,
    request: Uint8Array,
    options: CallOptions,
    receiver: Receiver,
    input?: AsyncIterable<Uint8Array>,
  ): StreamSource {
    const { signal, ...told } = options;
    if (signal?.aborted === true) {
      receiver.error(cancelled(signal));
      return { cancel() {}, taken() {} };
    }
    const id = this.#newId();
    const over = () => {
      signal?.removeEventListener("abort", onAbort);
      const current = this.#receivers.get(id);
      this.#receivers.delete(id);
      current?.inputOver?.();
      return current !== undefined;
    };
    const cancel = () => {
      if (over()) this.#ready?.send(FrameKind.CANCEL, id);
    };
    const onAbort = () => {
      cancel();
      receiver.error(cancelled(signal));
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    const taken = this.#teller(id);
    this.#receivers.set(id, {
      message(bytes) {
        const atOnce = receiver.message(bytes);
        if (atOnce) taken(bytes.byteLength);
        return atOnce;
      },
      end: (response) => over() && receiver.end(response),
      error: (error) => over() && receiver.error(error),
    });
    const begin = (link: FrameSocket) => {
      if (!this.#receivers.has(id)) return;
      link.send(FrameKind.CALL, id, withHead({ path: method.path, ...told }, request));
      if (input !== undefined) void this.#sendInput(link, id, input);
    };
    if (this.#ready !== null) begin(this.#ready);
    else this.#linked().then(begin, (error: StatusError) => this.#receivers.get(id)?.error(error));
    return { cancel, taken };
  }

  /** Tells the core how much of a stream was taken. */
  #teller(id: number): (bytes: number) => void {
    let untold = 0;
    return (bytes) => {
      untold += bytes;
      if (untold < TOLD_BYTES) return;
      if (this.#receivers.has(id)) this.#ready?.send(FrameKind.TAKEN, id, countBody(untold));
      untold = 0;
    };
  }

  async #sendInput(link: FrameSocket, id: number, input: AsyncIterable<Uint8Array>): Promise<void> {
    let ahead = 0;
    let wake = () => {};
    const receiver = this.#receivers.get(id);
    if (receiver === undefined) return;
    receiver.inputTaken = (bytes) => {
      ahead -= bytes;
      wake();
    };
    receiver.inputOver = () => wake();
    try {
      for await (const message of input) {
        if (!this.#receivers.has(id)) return;
        link.send(FrameKind.INPUT, id, message);
        ahead += message.byteLength;
        while (ahead >= WINDOW_BYTES && this.#receivers.has(id)) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      if (this.#receivers.has(id)) link.send(FrameKind.INPUT_END, id);
    } catch {
      // Whoever reads the call learns why it ended; here it only must not go on.
      link.send(FrameKind.CANCEL, id);
    }
  }

  #linked(): Promise<FrameSocket> {
    if (this.#closed) return Promise.reject(new StatusError(StatusCode.UNAVAILABLE, "the collector is closed"));
    this.#link ??= this.#connect().catch((error: Error) => {
      this.#link = null;
      throw new StatusError(StatusCode.UNAVAILABLE, `the collector's process cannot be reached: ${error.message}`);
    });
    return this.#link;
  }

  #connect(): Promise<FrameSocket> {
    return new Promise((resolve, reject) => {
      const socket: Socket = connect(this.#path);
      const link = new FrameSocket(socket, MAX_RESPONSE_FRAME, {
        frame: (frame) => {
          if (this.#ready === link) {
            this.#onFrame(frame);
            return;
          }
          if (frame.kind !== FrameKind.HELLO) throw new FrameError("the first frame is no greeting");
          checkHello(frame.body);
          this.#ready = link;
          if (this.#pace !== null) this.setPace(this.#pace);
          resolve(link);
        },
        closed: (error) => {
          reject(error ?? new Error("it hung up"));
          if (this.#ready === link) this.#lost(error);
        },
      });
      socket.once("connect", () => sayHello(link));
    });
  }

  #onFrame({ kind, call, body }: Frame): void {
    // Late answers to calls that were given up have no receiver.
    const receiver = this.#receivers.get(call);
    if (kind === FrameKind.MESSAGE) receiver?.message(body);
    else if (kind === FrameKind.END) receiver?.end(body);
    else if (kind === FrameKind.FAIL) receiver?.error(failure(body));
    else if (kind === FrameKind.INPUT_TAKEN) receiver?.inputTaken?.(readCount(body));
    else throw new FrameError(`a frame of kind ${kind} is not for the front`);
  }

  #lost(error: Error | null): void {
    this.#ready = null;
    this.#link = null;
    const why = this.#closed
      ? "the collector is closed"
      : `the collector's process hung up${error === null ? "" : `: ${error.message}`}`;
    for (const receiver of [...this.#receivers.values()]) receiver.error(new StatusError(StatusCode.UNAVAILABLE, why));
  }

  #newId(): number {
    do {
      this.#lastId = (this.#lastId + 1) >>> 0;
    } while (this.#lastId === 0 || this.#receivers.has(this.#lastId));
    return this.#lastId;
  }
}

function streamReceiver(stream: MessageStream): Receiver {
  return {
    message: (bytes) => stream.push(bytes),
    end: () => stream.end(),
    error: (error) => stream.end(error),
  };
}

function failure(body: Buffer): StatusError {
  const { head, bytes } = splitHead(body);
  return new StatusError(head.code as StatusCode, String(head.message), head.detail === true ? bytes : null);
}
