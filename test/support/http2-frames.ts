// SPDX-License-Identifier: Apache-2.0

/** Types of HTTP/2 frames. */
export const FRAME = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const;

/** Flags of HTTP/2 frames. */
export const FLAG = { END_STREAM: 1, ACK: 1, END_HEADERS: 4, PADDED: 8, PRIORITY: 0x20 } as const;

/** One frame, however wrong. `length` in place of that of the payload makes a liar of it. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array,
  length = payload.length,
): Buffer {
  const bytes = Buffer.alloc(9 + payload.length);
  bytes.writeUIntBE(length & 0xffffff, 0, 3);
  bytes[3] = type;
  bytes[4] = flags;
  bytes.writeUInt32BE(stream >>> 0, 5);
  bytes.set(payload, 9);
  return bytes;
}

/** What a client begins with. */
export const PREFACE = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  frame(FRAME.SETTINGS, 0, 0, Buffer.alloc(0)),
]);

/** A header block: each field literal, without index or Huffman code. */
export function headerBlock(fields: Readonly<Record<string, string>>): Buffer {
  const string = (text: string): Buffer => {
    const bytes = Buffer.from(text, "latin1");
    if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes]);
    const rest = bytes.length - 127;
    const digits: number[] = [127];
    for (let left = rest; ; left >>>= 7) {
      digits.push(left < 128 ? left : (left & 127) | 128);
      if (left < 128) break;
    }
    return Buffer.concat([Buffer.from(digits), bytes]);
  };
  return Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) => [Buffer.from([0]), string(name), string(value)]),
  );
}

/** Header block of a gRPC call. */
export function callHeaders(path: string, more: Readonly<Record<string, string>> = {}): Buffer {
  return headerBlock({
    ":method": "POST",
    ":scheme": "http",
    ":path": path,
    ":authority": "localhost",
    te: "trailers",
    "content-type": "application/grpc",
    ...more,
  });
}

/** HEADERS of a call. */
export function headers(stream: number, path: string, flags: number = FLAG.END_HEADERS, more = {}): Buffer {
  return frame(FRAME.HEADERS, flags, stream, callHeaders(path, more));
}

/** A message as gRPC frames it. */
export function grpcMessage(payload: Uint8Array, compressed = false): Buffer {
  const bytes = Buffer.alloc(5 + payload.length);
  bytes[0] = compressed ? 1 : 0;
  bytes.writeUInt32BE(payload.length, 1);
  bytes.set(payload, 5);
  return bytes;
}
