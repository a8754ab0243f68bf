// SPDX-License-Identifier: Apache-2.0

import type { Socket } from "node:net";
import { type Frame, FrameError, type FrameKind, FrameParser, frameHeader } from "./frame.ts";

// A body this small is copied behind its header; two writes cost more.
const COPIED_BYTES = 4096;

/** What happens at one end of a link. */
export interface FrameEvents {
  /** What it throws ends the link: a FrameError for its own reason, anything else as a defect. */
  frame(frame: Frame): void;
  /** Once, at the end; null if the other side hung up. */
  closed(error: Error | null): void;
}

/** Sends and receives frames over a connected socket. */
export class FrameSocket {
  readonly #socket: Socket;

  constructor(socket: Socket, maxBytes: number, events: FrameEvents) {
    this.#socket = socket;
    const parser = new FrameParser(maxBytes, (frame) => events.frame(frame));
    let failure: Error | null = null;
    socket.on("data", (chunk: Buffer) => {
      if (socket.destroyed) return;
      try {
        parser.push(chunk);
      } catch (error) {
        failure = error instanceof Error ? error : new FrameError(String(error));
        socket.destroy();
      }
    });
    socket.on("error", (error) => {
      failure ??= error;
    });
    // The other side never half-closes: it is gone.
    socket.once("end", () => socket.destroy());
    socket.once("close", () => events.closed(failure));
  }

  /** Sends a frame; nothing if the link is closed. */
  send(kind: FrameKind, call: number, body: Uint8Array = new Uint8Array()): void {
    if (this.#socket.destroyed) return;
    const header = frameHeader(kind, call, body.byteLength);
    if (body.byteLength <= COPIED_BYTES) {
      this.#socket.write(Buffer.concat([header, body]));
      return;
    }
    this.#socket.cork();
    this.#socket.write(header);
    this.#socket.write(body);
    this.#socket.uncork();
  }

  /** Closes the link at once. */
  destroy(): void {
    this.#socket.destroy();
  }
}
