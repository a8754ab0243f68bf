// SPDX-License-Identifier: Apache-2.0

import { agentVersion } from "../version.ts";
import { FrameError, FrameKind, splitHead, withHead } from "./frame.ts";
import type { FrameSocket } from "./frame-socket.ts";

// Raised when one side would misunderstand the other. They are installed together, but may run of two versions meanwhile.
const LINK_VERSION = 1;

/** The first word of both sides. */
export function sayHello(socket: FrameSocket): void {
  socket.send(FrameKind.HELLO, 0, withHead({ link: LINK_VERSION, agent: agentVersion() }));
}

/** Throws FrameError if the other side speaks another language. */
export function checkHello(body: Buffer): void {
  const { head } = splitHead(body);
  if (head.link !== LINK_VERSION) {
    const theirs = `version ${String(head.agent)} (link ${String(head.link)})`;
    throw new FrameError(
      `the other process is of ${theirs}, this of ${agentVersion()} (link ${LINK_VERSION}); restart both`,
    );
  }
}
