// SPDX-License-Identifier: Apache-2.0

import type { PeerCredentials } from "./addon.ts";
import { type AddonLoader, loadAddon } from "./load-addon.ts";
import { answerOf } from "./native-failure.ts";

/**
 * Loads what tells who is at the other end of a UNIX socket, by the socket's file descriptor. The function fails with
 * StatusError: UNIMPLEMENTED where the platform cannot tell, FAILED_PRECONDITION or another for a socket without a peer.
 * Loading fails with UNAVAILABLE if there is no addon for this platform.
 */
export function loadPeerCredentials(loader?: AddonLoader): (fd: number) => PeerCredentials {
  const addon = loadAddon(loader);
  return (fd) => answerOf(addon.peerCredentials(fd));
}
