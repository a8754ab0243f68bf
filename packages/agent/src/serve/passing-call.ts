// SPDX-License-Identifier: Apache-2.0

import { type Responder, ServerInterceptingCall, type ServerInterceptingCallInterface } from "@grpc/grpc-js";

type SendMessageCallback = Parameters<ServerInterceptingCallInterface["sendMessage"]>[1];

/**
 * A call whose interceptor looks at how it begins and ends, but at no message that is sent. Those go straight on, where
 * grpc-js would make functions for each: with three interceptors that is felt by whoever sends to a thousand readers.
 */
export class PassingCall extends ServerInterceptingCall {
  readonly #next: ServerInterceptingCallInterface;
  readonly #mayMute: boolean;
  #muted = false;

  /** `mayMute`: mute() may be called. */
  constructor(next: ServerInterceptingCallInterface, responder: Responder, mayMute = false) {
    super(next, responder);
    // One that lets everything pass is passed by.
    this.#next = next instanceof PassingCall && !next.#mayMute ? next.#next : next;
    this.#mayMute = mayMute;
  }

  /** Drops what is sent from now on. */
  mute(): void {
    this.#muted = true;
  }

  override sendMessage(message: unknown, callback: SendMessageCallback): void {
    if (!this.#muted) this.#next.sendMessage(message, callback);
  }
}
