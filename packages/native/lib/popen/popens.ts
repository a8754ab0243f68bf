// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, cancelled, MessageStream, type StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { popenError } from "./popen-error.ts";
import { type PopenHost, PopenSession } from "./popen-session.ts";

/** Longest time that a timer of Node's can be set to. */
const LONGEST_MS = 2 ** 31 - 1;

/** The running Popens of one collector. */
export class Popens {
  readonly #host: PopenHost;
  readonly #allowed: boolean;
  readonly #running = new Set<PopenSession>();
  #closed = false;

  constructor(host: PopenHost, allowed: boolean) {
    this.#host = host;
    this.#allowed = allowed;
  }

  /** Process.Popen. Nothing runs before the first message is read. */
  open(requests: AsyncIterable<Uint8Array>, options: CallOptions): MessageStream {
    return new MessageStream((stream) => {
      const refusal = this.#refusal(options);
      if (refusal !== null) {
        stream.end(refusal);
        return { cancel() {}, taken() {} };
      }
      return this.#begin(stream, requests, options);
    });
  }

  /** Ends them all; resolves when their processes have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = [...this.#running];
    for (const session of running) session.cancel(closedError());
    await Promise.all(running.map(({ ended }) => ended));
  }

  #begin(stream: MessageStream, requests: AsyncIterable<Uint8Array>, { timeoutMs, signal }: CallOptions): PopenSession {
    const session = new PopenSession(this.#host, stream, requests);
    this.#running.add(session);
    const abort = () => session.cancel(popenError(ErrorReason.CANCELLED, "the call was cancelled"));
    signal?.addEventListener("abort", abort, { once: true });
    const timer =
      timeoutMs === undefined || timeoutMs > LONGEST_MS
        ? undefined
        : setTimeout(() => session.cancel(popenError(ErrorReason.DEADLINE, "the deadline has passed")), timeoutMs);
    session.ended.finally(() => {
      this.#running.delete(session);
      signal?.removeEventListener("abort", abort);
      clearTimeout(timer);
    });
    return session;
  }

  #refusal({ timeoutMs, signal }: CallOptions): StatusError | null {
    if (this.#closed) return closedError();
    if (!this.#allowed) {
      return popenError(ErrorReason.DISABLED, "is switched off: this collector was not told to allow it");
    }
    if (signal?.aborted === true) {
      return cancelled(signal);
    }
    if (timeoutMs !== undefined && !(timeoutMs > 0)) {
      return popenError(ErrorReason.DEADLINE, "the deadline had passed before the call began");
    }
    // Their pids name others here: a ref could not be told, and must not be guessed.
    if (this.#host.refOf(process.pid) === undefined) {
      return popenError(ErrorReason.PROCESSES_READ_ONLY, "the processes read here are of another pid namespace");
    }
    return null;
  }
}

function closedError(): StatusError {
  return popenError(ErrorReason.UNAVAILABLE, "the collector is closed");
}
