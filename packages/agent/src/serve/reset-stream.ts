// SPDX-License-Identifier: Apache-2.0

import { constants, type ServerHttp2Stream } from "node:http2";

/**
 * Ends a call at once, whatever is still queued for it; the caller sees RESOURCE_EXHAUSTED.
 * A status cannot do that: it travels behind the data, and a reader that takes no data never gets to it.
 * grpc-js offers no such call, so this follows its private links (exact version pinned, a spec guards them).
 * Returns false if the links are not there.
 */
export function resetStream(call: object): boolean {
  const stream = http2Stream(call);
  if (stream === null) return false;
  if (!stream.closed) stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  return true;
}

function http2Stream(call: object): ServerHttp2Stream | null {
  let link: unknown = (call as { call?: unknown }).call;
  // One link per interceptor, then grpc-js's base call, which holds the stream.
  for (let depth = 0; depth < 8 && typeof link === "object" && link !== null; depth++) {
    const { nextCall, stream } = link as { nextCall?: unknown; stream?: ServerHttp2Stream };
    if (typeof stream?.close === "function") return stream;
    link = nextCall;
  }
  return null;
}
