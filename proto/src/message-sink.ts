// SPDX-License-Identifier: Apache-2.0

/** Takes the messages of one stream as they come. None of its methods may throw. */
export interface MessageSink {
  /** Takes a message; false if there is no room for it: it is offered again when the flow is resumed. */
  message(bytes: Uint8Array): boolean;
  /** There are no more messages. */
  end(): void;
  /** Something went wrong, and there are no more messages. */
  fail(error: unknown): void;
}

/** A stream on its way into a sink. */
export interface Flow {
  /** There is room for the message that the sink refused. Not to be called by the sink while it is offered one. */
  resume(): void;
  /** Ends the stream early: the sink is told nothing more. */
  cancel(): void;
}
