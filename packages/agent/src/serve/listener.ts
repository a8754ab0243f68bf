// SPDX-License-Identifier: Apache-2.0

import { type AddressInfo, createServer, type Socket } from "node:net";
import { explainBindError } from "../agent-start-error.ts";
import type { ListenAddress } from "../config/listen-address.ts";
import { isUnix, type UnixAddress } from "../listen/listen-target.ts";
import type { Logger } from "../log.ts";

/** A listening socket and the connections that came through it. */
export interface Listener {
  /** The port it got; 0 for a UNIX socket. */
  readonly port: number;
  /** Number of open connections. */
  readonly connections: number;
  /** Takes no more connections. */
  stop(): void;
  /** Closes every connection at once. */
  destroy(): void;
}

/**
 * Listens, and hands each connection to `onConnection`. Throws AgentStartError.
 * grpc-js could listen by itself, but then nobody can close its connections (its forceShutdown knows them only with
 * channelz on, its drain not after tryShutdown), and an accept that fails for want of file descriptors is a crash.
 */
export function startListener(
  target: ListenAddress | UnixAddress,
  maxConnections: number,
  logger: Logger,
  onConnection: (socket: Socket) => void,
): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // Whoever takes the socket over hears of its errors, too; until then they are no reason to crash.
    socket.on("error", () => {});
    onConnection(socket);
  });
  server.maxConnections = maxConnections;
  return new Promise((resolve, reject) => {
    const onBindError = (error: NodeJS.ErrnoException) => reject(explainBindError(error, target));
    server.once("error", onBindError);
    const onListening = () => {
      server.off("error", onBindError);
      server.on("error", (err) => logger.warn({ err }, "could not accept a connection"));
      resolve({
        port: isUnix(target) ? 0 : (server.address() as AddressInfo).port,
        get connections() {
          return sockets.size;
        },
        stop: () => void server.close(),
        destroy: () => {
          for (const socket of sockets) socket.destroy();
        },
      });
    };
    if (!isUnix(target)) {
      server.listen({ host: target.host, port: target.port }, onListening);
      return;
    }
    // Binding happens within this call. What it makes is for this user alone until it gets its mode and group.
    const before = process.umask(0o177);
    try {
      server.listen({ path: target.path }, onListening);
    } finally {
      process.umask(before);
    }
  });
}
