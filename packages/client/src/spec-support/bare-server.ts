// SPDX-License-Identifier: Apache-2.0

import { createServer, type Socket, type Server as TcpServer } from "node:net";
import {
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Server,
  ServerCredentials,
} from "@grpc/grpc-js";

const same = (bytes: Buffer): Buffer => bytes;

/** A grpc-js server without anything of ours; each handler deals in bytes. */
export class BareServer {
  readonly #server = new Server({ "grpc.max_send_message_length": -1 });

  unary(path: string, handler: handleUnaryCall<Buffer, Buffer>): this {
    this.#server.register(path, handler, same, same, "unary");
    return this;
  }

  stream(path: string, handler: handleServerStreamingCall<Buffer, Buffer>): this {
    this.#server.register(path, handler, same, same, "serverStream");
    return this;
  }

  bidi(path: string, handler: handleBidiStreamingCall<Buffer, Buffer>): this {
    this.#server.register(path, handler, same, same, "bidi");
    return this;
  }

  /** Listens on a loopback port, a free one unless told otherwise; gives the port. */
  listen(port = 0): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
  }

  /** Breaks every connection, as when the process is killed. */
  kill(): void {
    this.#server.forceShutdown();
  }
}

/** Listens on a free loopback port, and does with connections what it is told to; they do not keep the tests running. */
export async function tcpServer(onConnection: (socket: Socket) => void): Promise<TcpServer & { port: number }> {
  const server = createServer((socket) => {
    socket.unref();
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(server, { port: (server.address() as { port: number }).port });
}

/** A loopback port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = await tcpServer(() => {});
  await new Promise((resolve) => server.close(resolve));
  return server.port;
}
