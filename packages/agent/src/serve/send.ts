// SPDX-License-Identifier: Apache-2.0

import type { ServerDuplexStream, ServerWritableStream } from "@grpc/grpc-js";

/** A call that takes a stream of messages. */
export type SendingCall<T = Uint8Array> = ServerWritableStream<unknown, T> | ServerDuplexStream<unknown, T>;

/** What became of a message: sent or queued within bounds, the call is over, or its reader takes nothing. */
export type Sent = "sent" | "over" | "stalled";

/**
 * Sends one message and waits while the reader is behind, for `stallMs` at most.
 * Awaiting each send keeps the queue at grpc-js's 16 messages.
 */
export function send<T>(call: SendingCall<T>, message: T, stallMs: number): Promise<Sent> | Sent {
  if (call.cancelled || call.destroyed || call.writableEnded) return "over";
  if (call.write(message)) return "sent";
  return new Promise((resolve) => {
    const settle = (sent: Sent) => {
      clearTimeout(timer);
      call.off("drain", onDrain);
      call.off("close", onOver);
      call.off("cancelled", onOver);
      resolve(sent);
    };
    const onDrain = () => settle("sent");
    // After a cancel "drain" never comes, so both other endings are awaited too.
    const onOver = () => settle("over");
    const timer = setTimeout(() => settle("stalled"), stallMs);
    call.once("drain", onDrain);
    call.once("close", onOver);
    call.once("cancelled", onOver);
  });
}
