// SPDX-License-Identifier: Apache-2.0

import { type ClientHttp2Session, type ClientHttp2Stream, connect } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";

/** How a reader takes what it is sent. */
export interface Pace {
  /** Bytes that may be sent ahead of it. */
  readonly window: number;
  /** Milliseconds that it reads at a time; 0 never. */
  readonly readMs: number;
  /** Milliseconds between. */
  readonly pauseMs: number;
  /** Bytes that it takes at most at a time, then it waits for a moment. */
  readonly sip?: number;
}

const SIP_MS = 20;

/** One connection that gRPC streams are read from at a pace of one's own, as no gRPC library would. */
export class PacedConnection {
  readonly #session: ClientHttp2Session;

  constructor(host: string, port: number, window: number) {
    this.#session = connect(`http://${host}:${port}`, { settings: { initialWindowSize: window } });
    this.#session.on("error", () => {}); // the streams tell
  }

  /** Calls a method that streams. */
  watch(path: string, request: Uint8Array, pace: Pace): PacedWatch {
    const stream = this.#session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
    });
    return new PacedWatch(stream, request, pace);
  }

  close(): void {
    this.#session.destroy();
  }
}

/** A stream of messages as they arrive. */
export class PacedWatch {
  /** Whole messages so far. */
  readonly messages: Buffer[] = [];
  /** Bytes so far. */
  bytes = 0;
  /** gRPC status, once the agent has ended it; null for a stream that was reset. */
  status: number | null | undefined;
  readonly #stream: ClientHttp2Stream;
  #rest: Buffer = Buffer.alloc(0);
  #over = false;

  constructor(stream: ClientHttp2Stream, request: Uint8Array, pace: Pace) {
    this.#stream = stream;
    const header = Buffer.alloc(5);
    header.writeUInt32BE(request.byteLength, 1);
    stream.end(Buffer.concat([header, request]));
    stream.on("error", () => {});
    stream.on("trailers", (trailers) => {
      this.status = Number(trailers["grpc-status"]);
    });
    stream.on("close", () => {
      this.#over = true;
      this.status ??= null;
    });
    if (pace.readMs > 0) void this.#read(pace);
  }

  get over(): boolean {
    return this.#over;
  }

  end(): void {
    this.#over = true;
    this.#stream.close(8);
  }

  async #read({ readMs, pauseMs, sip }: Pace): Promise<void> {
    while (!this.#over) {
      for (const end = performance.now() + readMs; performance.now() < end && !this.#over; await sleep(SIP_MS)) {
        const most = Math.min(sip ?? Number.POSITIVE_INFINITY, this.#stream.readableLength);
        for (let chunk = this.#take(most); chunk !== null; chunk = sip === undefined ? this.#take() : null) {
          this.#add(chunk);
        }
      }
      await sleep(pauseMs);
    }
  }

  #take(most = this.#stream.readableLength): Buffer | null {
    // Asking for none makes the stream fill its buffer.
    return this.#stream.read(Math.max(most, 0)) as Buffer | null;
  }

  #add(chunk: Buffer): void {
    this.bytes += chunk.byteLength;
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.byteLength >= 5) {
      const size = 5 + this.#rest.readUInt32BE(1);
      if (this.#rest.byteLength < size) return;
      this.messages.push(this.#rest.subarray(5, size));
      this.#rest = this.#rest.subarray(size);
    }
  }
}
