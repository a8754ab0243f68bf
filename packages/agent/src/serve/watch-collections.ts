// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";

/** How often watches have collected so far, by method, e.g. "Process.Watch". */
export type WatchCollections = Readonly<Record<string, number>>;

/** A transport that can tell it, as the collector of this machine can. */
export interface CountingTransport extends Transport {
  watchCollections(): WatchCollections | Promise<WatchCollections>;
}

/** Whether a transport counts the collections of its watches. */
export function isCounting(transport: Transport): transport is CountingTransport {
  return "watchCollections" in transport && typeof transport.watchCollections === "function";
}

/** What a transport has counted; nothing if it does not count, or cannot be asked at the moment. */
export async function watchCollectionsOf(transport: Transport): Promise<WatchCollections> {
  if (!isCounting(transport)) return {};
  try {
    return await transport.watchCollections();
  } catch {
    return {};
  }
}
