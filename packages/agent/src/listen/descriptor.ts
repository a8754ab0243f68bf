// SPDX-License-Identifier: Apache-2.0

import type { Socket } from "node:net";

/** Number of the descriptor of a socket, -1 if it has none. Node has no public way to it (libuv has); specs guard this one. */
export function descriptorOf(socket: Socket): number {
  return (socket as unknown as { _handle?: { fd?: number } })._handle?.fd ?? -1;
}
