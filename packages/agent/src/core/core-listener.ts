// SPDX-License-Identifier: Apache-2.0

import type { Socket } from "node:net";
import { describeMethod, type MethodDescriptor, type Transport } from "@hostscope/proto";
import { descriptorOf } from "../listen/descriptor.ts";
import { type CredentialsOf, startUnixListener } from "../listen/unix-listener.ts";
import type { Logger } from "../log.ts";
import { hostscopeServices } from "../serve/services.ts";
import type { FrontUser } from "./front-user.ts";
import { ServedCalls } from "./served-calls.ts";

// One front, its successor while it is replaced, and somebody who has a look.
const MAX_FRONTS = 4;

/** What a core is given. */
export interface CoreOptions {
  readonly transport: Transport;
  /** Where the front connects. */
  readonly path: string;
  /** Who may, besides this process's own user. */
  readonly frontUser: FrontUser | null;
  readonly logger: Logger;
}

/** A core that serves its front. */
export interface CoreListener {
  readonly path: string;
  /** Hangs up and takes no more connections. */
  close(): void;
}

/** Serves a collector on a UNIX socket, to one user's processes only. Throws AgentStartError. */
export async function listenForFront({ transport, path, frontUser, logger }: CoreOptions): Promise<CoreListener> {
  const core = { transport, methods: allMethods(), logger };
  const users = new Set([process.geteuid?.(), frontUser?.uid]);
  const onConnection = (socket: Socket, credentialsOf: CredentialsOf) => {
    socket.on("error", () => {});
    let uid: number;
    try {
      ({ uid } = credentialsOf(descriptorOf(socket)));
    } catch (err) {
      logger.warn({ err }, "a connection was closed: the kernel does not tell whose it is");
      socket.destroy();
      return;
    }
    if (!users.has(uid)) {
      logger.warn({ uid }, "a connection was closed: its user is not that of the front");
      socket.destroy();
      return;
    }
    new ServedCalls(core, socket);
  };
  const gid = frontUser?.gid ?? null;
  const unix = await startUnixListener({ path, gid, maxConnections: MAX_FRONTS, logger, onConnection });
  return {
    path: unix.path,
    close() {
      unix.stop();
      unix.listener.destroy();
    },
  };
}

function allMethods(): ReadonlyMap<string, MethodDescriptor> {
  const methods = hostscopeServices.flatMap((service) => service.methods.map(describeMethod));
  return new Map(methods.map((method) => [method.path, method]));
}
