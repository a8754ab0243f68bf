// SPDX-License-Identifier: Apache-2.0

import type { Socket } from "node:net";
import type { PeerCredentials } from "@hostscope/native";
import { StatusCode, StatusError } from "@hostscope/proto";
import { AgentStartError } from "../agent-start-error.ts";
import type { Logger } from "../log.ts";
import { type Listener, startListener } from "../serve/listener.ts";
import { SocketPath } from "./socket-path.ts";

/** Tells who is at the other end of the socket of a descriptor. */
export type CredentialsOf = (fd: number) => PeerCredentials;

/** What a UNIX socket is served with. */
export interface UnixListenerOptions {
  readonly path: string;
  /** Group that may connect; null: that of this process. */
  readonly gid: number | null;
  readonly maxConnections: number;
  readonly logger: Logger;
  readonly onConnection: (socket: Socket, credentialsOf: CredentialsOf) => void;
}

/** A listener, and where its socket is. Its socket is removed when it stops. */
export interface UnixListener {
  readonly path: string;
  readonly listener: Listener;
  stop(): void;
}

/** Serves a UNIX socket whose users the kernel names. Throws AgentStartError. */
export async function startUnixListener(options: UnixListenerOptions): Promise<UnixListener> {
  // Not a static import: an agent on TCP alone needs no addon of its own.
  const { loadPeerCredentials } = await import("@hostscope/native");
  const credentialsOf = loadPeerCredentials();
  checkPlatform(credentialsOf);
  const { gid, maxConnections, logger, onConnection } = options;
  const place = new SocketPath(options.path);
  const listener = await startListener({ path: place.draft }, maxConnections, logger, (socket) =>
    onConnection(socket, credentialsOf),
  );
  try {
    await place.place(gid);
  } catch (error) {
    listener.stop();
    throw error;
  }
  const stop = () => {
    place.remove();
    listener.stop();
  };
  return { path: place.path, listener, stop };
}

/** Where nobody can be known by a socket, none is served. */
function checkPlatform(credentialsOf: CredentialsOf): void {
  try {
    credentialsOf(-1);
  } catch (error) {
    if (error instanceof StatusError && error.code === StatusCode.UNIMPLEMENTED) {
      throw new AgentStartError("bind_failed", `UNIX sockets are not served here: ${error.message}`, { cause: error });
    }
  }
}
