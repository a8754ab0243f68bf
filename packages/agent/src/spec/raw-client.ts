// SPDX-License-Identifier: Apache-2.0

import { connect, type IncomingHttpHeaders } from "node:http2";

/** Sends one unary call by hand, with headers that no gRPC library would send; gives the status headers. */
export async function rawCall(
  port: number,
  path: string,
  headers: Record<string, string>,
  message: Uint8Array,
): Promise<{ code: number; httpStatus: number; ms: number }> {
  const session = connect(`http://127.0.0.1:${port}`);
  const started = performance.now();
  try {
    return await new Promise((resolve, reject) => {
      session.on("error", reject);
      const stream = session.request({
        ":method": "POST",
        ":path": path,
        "content-type": "application/grpc",
        te: "trailers",
        ...headers,
      });
      let seen: IncomingHttpHeaders = {};
      stream.on("response", (response) => {
        seen = { ...seen, ...response };
      });
      stream.on("trailers", (trailers) => {
        seen = { ...seen, ...trailers };
      });
      stream.on("error", reject);
      stream.on("close", () =>
        resolve({
          code: seen["grpc-status"] === undefined ? -1 : Number(seen["grpc-status"]),
          httpStatus: Number(seen[":status"]),
          ms: performance.now() - started,
        }),
      );
      stream.resume();
      stream.end(frame(message));
    });
  } finally {
    session.close();
  }
}

function frame(message: Uint8Array): Buffer {
  const bytes = Buffer.alloc(5 + message.length);
  bytes.writeUInt32BE(message.length, 1);
  bytes.set(message, 5);
  return bytes;
}
