// SPDX-License-Identifier: Apache-2.0

import { type StatusCode, StatusError } from "@hostscope/proto";
import type { PeerCredentials } from "./addon.ts";
import { type AddonLoader, loadAddon } from "./load-addon.ts";

/**
 * Loads what tells who is at the other end of a UNIX socket, by the socket's file descriptor. The function fails with
 * StatusError: UNIMPLEMENTED where the platform cannot tell, FAILED_PRECONDITION or another for a socket without a peer.
 * Loading fails with UNAVAILABLE if there is no addon for this platform.
 */
export function loadPeerCredentials(loader?: AddonLoader): (fd: number) => PeerCredentials {
  const addon = loadAddon(loader);
  return (fd) => {
    const answer = addon.peerCredentials(fd);
    if ("uid" in answer) return answer;
    throw new StatusError(answer.code as StatusCode, answer.message, answer.detail);
  };
}
