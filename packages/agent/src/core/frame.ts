// SPDX-License-Identifier: Apache-2.0

/** What one frame between the network front and the core says. */
export const FrameKind = {
  /** Both ways, first of all: a head with the version of the sender. */
  HELLO: 1,
  /** To the core: a head with path and options of a call, and its request. */
  CALL: 2,
  /** To the core: the next message of a call with a stream each way. */
  INPUT: 3,
  /** To the core: there are no more of them. */
  INPUT_END: 4,
  /** To the core: nobody waits for this call any more. */
  CANCEL: 5,
  /** To the core: messages of so many bytes were taken by their reader; 32 bits. */
  TAKEN: 6,
  /** To the core, of no call: a head with the pace of watches. */
  PACE: 7,
  /** From the core: a message of a stream. */
  MESSAGE: 8,
  /** From the core: a call is over; with the response if it is unary. */
  END: 9,
  /** From the core: a call failed; a head with code and text, and the detail. */
  FAIL: 10,
  /** From the core: input of so many bytes was taken by the call; 32 bits. */
  INPUT_TAKEN: 11,
} as const;

/** One of the kinds. */
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** One frame. `call` is a number of the front's choosing, 0 where no call is meant. */
export interface Frame {
  readonly kind: FrameKind;
  readonly call: number;
  readonly body: Buffer;
}

/** What came is not what the other side of this link would send. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

// Length of what follows, kind, call.
const HEADER_BYTES = 9;
const LENGTH_BYTES = 4;
const HEAD_LENGTH_BYTES = 4;
const COUNT_BYTES = 4;
const KINDS: ReadonlySet<number> = new Set(Object.values(FrameKind));

/** The bytes before a body of this length. */
export function frameHeader(kind: FrameKind, call: number, bodyBytes: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(HEADER_BYTES - LENGTH_BYTES + bodyBytes, 0);
  header.writeUInt8(kind, LENGTH_BYTES);
  header.writeUInt32LE(call, LENGTH_BYTES + 1);
  return header;
}

/** A body that begins with a small JSON object and goes on with bytes. */
export function withHead(head: object, bytes: Uint8Array = new Uint8Array()): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.allocUnsafe(HEAD_LENGTH_BYTES);
  length.writeUInt32LE(text.length, 0);
  return Buffer.concat([length, text, bytes]);
}

/** The two parts of such a body. Throws FrameError. */
export function splitHead(body: Buffer): { head: Readonly<Record<string, unknown>>; bytes: Buffer } {
  const end = body.length < HEAD_LENGTH_BYTES ? Number.NaN : HEAD_LENGTH_BYTES + body.readUInt32LE(0);
  if (!(end <= body.length)) throw new FrameError("a head is cut off");
  let head: unknown;
  try {
    head = JSON.parse(body.toString("utf8", HEAD_LENGTH_BYTES, end));
  } catch {
    throw new FrameError("a head is not JSON");
  }
  if (typeof head !== "object" || head === null || Array.isArray(head)) throw new FrameError("a head is not an object");
  return { head: head as Record<string, unknown>, bytes: body.subarray(end) };
}

/** A body that is a number of bytes. */
export function countBody(bytes: number): Buffer {
  const body = Buffer.allocUnsafe(COUNT_BYTES);
  body.writeUInt32LE(bytes, 0);
  return body;
}

/** The number in such a body. Throws FrameError. */
export function readCount(body: Buffer): number {
  if (body.length !== COUNT_BYTES) throw new FrameError(`a number of bytes is in ${COUNT_BYTES} bytes`);
  return body.readUInt32LE(0);
}

/** Cuts what arrives into frames. */
export class FrameParser {
  readonly #maxBytes: number;
  readonly #onFrame: (frame: Frame) => void;
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = LENGTH_BYTES;

  /** A frame of more than `maxBytes` is refused. */
  constructor(maxBytes: number, onFrame: (frame: Frame) => void) {
    this.#maxBytes = maxBytes;
    this.#onFrame = onFrame;
  }

  /** Throws FrameError; nothing may be pushed after that. */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Only now and then a frame is in several chunks: they are joined once, when all of it is there.
    if (this.#size < this.#wanted) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#size);
    for (;;) {
      this.#wanted = rest.length < LENGTH_BYTES ? LENGTH_BYTES : LENGTH_BYTES + this.#lengthOf(rest);
      if (rest.length < this.#wanted) break;
      this.#onFrame(this.#frame(rest.subarray(0, this.#wanted)));
      rest = rest.subarray(this.#wanted);
    }
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
  }

  #lengthOf(bytes: Buffer): number {
    const length = bytes.readUInt32LE(0);
    if (length < HEADER_BYTES - LENGTH_BYTES) throw new FrameError("a frame is shorter than its header");
    if (length > this.#maxBytes) throw new FrameError(`a frame has ${length} bytes, more than ${this.#maxBytes}`);
    return length;
  }

  #frame(bytes: Buffer): Frame {
    const kind = bytes.readUInt8(LENGTH_BYTES);
    if (!KINDS.has(kind)) throw new FrameError(`there is no kind ${kind} of frame`);
    const call = bytes.readUInt32LE(LENGTH_BYTES + 1);
    return { kind: kind as FrameKind, call, body: bytes.subarray(HEADER_BYTES) };
  }
}
