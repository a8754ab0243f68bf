// SPDX-License-Identifier: Apache-2.0

import { Socket } from "node:net";
import type { AcceptedPipe, PipePeer } from "@hostscope/native";
import { StatusCode, StatusError } from "@hostscope/proto";
import { AgentStartError } from "../agent-start-error.ts";
import type { Logger } from "../log.ts";
import type { Listener } from "../serve/listener.ts";

/** What a named pipe is served with. */
export interface PipeListenerOptions {
  /** Whole name, "\\.\pipe\...". */
  readonly pipe: string;
  /** SID of those who may connect besides this user, administrators and the system. */
  readonly group: string | null;
  readonly maxConnections: number;
  /** For a client to say its first word. */
  readonly firstWordMs: number;
  readonly logger: Logger;
  readonly onConnection: (socket: Socket, peerOf: () => PipePeer) => void;
}

/**
 * Serves a named pipe whose users Windows names, on this machine only. Node's own server cannot: it lets in what the
 * standard rights of pipes let in, users of the network among them, and does not tell who it is. Throws AgentStartError.
 */
export async function startPipeListener(options: PipeListenerOptions): Promise<Listener> {
  // Not a static import: an agent on TCP alone needs no addon of its own.
  const { loadNamedPipes } = await import("@hostscope/native");
  const { pipe, group, logger } = options;
  const sockets = new Set<Socket>();
  let server: { close(): void };
  try {
    server = loadNamedPipes().serve(pipe, group, (connection) => {
      try {
        take(connection, sockets, options);
      } catch (err) {
        connection.close();
        logger.warn({ err }, "could not accept a connection");
      }
    });
  } catch (error) {
    throw explain(error, pipe);
  }
  return {
    port: 0,
    get connections() {
      return sockets.size;
    },
    stop: () => server.close(),
    destroy: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function take(connection: AcceptedPipe, sockets: Set<Socket>, options: PipeListenerOptions): void {
  if (sockets.size >= options.maxConnections) {
    connection.close();
    return;
  }
  const socket = new Socket({ fd: connection.descriptor(), readable: true, writable: true });
  sockets.add(socket);
  const silent = setTimeout(() => socket.destroy(), options.firstWordMs).unref();
  socket.on("error", () => {});
  socket.once("close", () => {
    clearTimeout(silent);
    sockets.delete(socket);
    connection.close();
  });
  // Windows tells who is there once something was read. It stays in the socket's buffer for whoever serves it.
  socket.once("readable", () => {
    clearTimeout(silent);
    options.onConnection(socket, () => {
      try {
        return connection.peer();
      } finally {
        connection.close();
      }
    });
  });
}

function explain(error: unknown, pipe: string): unknown {
  if (!(error instanceof StatusError)) return error;
  const cause = { cause: error };
  switch (error.code) {
    case StatusCode.UNIMPLEMENTED:
      return new AgentStartError("bind_failed", `named pipes are not served here: ${error.message}`, cause);
    case StatusCode.FAILED_PRECONDITION:
      return new AgentStartError("socket_in_use", error.message, cause);
    default:
      return new AgentStartError("bind_failed", `cannot listen on ${pipe}: ${error.message}`, cause);
  }
}
