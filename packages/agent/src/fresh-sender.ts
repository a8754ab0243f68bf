// SPDX-License-Identifier: Apache-2.0

import type { SendingCall, Sent } from "./send.ts";

/**
 * Sends messages that are worth most while they are new. Nothing is queued behind one that has not left, where grpc-js
 * would queue sixteen, so that what comes after it can be newer. One timer and two listeners serve a whole stream.
 */
export class FreshSender<T> {
  readonly #call: SendingCall<T>;
  readonly #stallMs: number;
  #settle: ((sent: Sent) => void) | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(call: SendingCall<T>, stallMs: number) {
    this.#call = call;
    this.#stallMs = stallMs;
    // After a cancel the message is never said to be written, so both other endings are awaited too.
    call.once("close", () => this.#done("over"));
    call.once("cancelled", () => this.#done("over"));
  }

  /** Sends one message and waits until it has left, for the stall time at most. One at a time. */
  send(message: T): Promise<Sent> {
    const call = this.#call;
    if (call.cancelled || call.destroyed || call.writableEnded) return Promise.resolve("over");
    return new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#timer === null) this.#timer = setTimeout(this.#late, this.#stallMs);
      else this.#timer.refresh();
      call.write(message, this.#written);
    });
  }

  /** Lets the timer go. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  readonly #written = (error: Error | null | undefined): void => this.#done(error ? "over" : "sent");
  // If nothing is being sent by then, nobody is told.
  readonly #late = (): void => this.#done("stalled");

  #done(sent: Sent): void {
    const settle = this.#settle;
    this.#settle = null;
    settle?.(sent);
  }
}
