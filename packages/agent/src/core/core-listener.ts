// SPDX-License-Identifier: Apache-2.0

import type { Socket } from "node:net";
import { loadPeerCredentials } from "@hostscope/native";
import { describeMethod, type MethodDescriptor, type Transport } from "@hostscope/proto";
import { descriptorOf } from "../listen/descriptor.ts";
import { checkPlatform } from "../listen/listeners.ts";
import { SocketPath } from "../listen/socket-path.ts";
import { startListener } from "../listener.ts";
import type { Logger } from "../log.ts";
import { hostscopeServices } from "../services.ts";
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
  const credentialsOf = loadPeerCredentials();
  checkPlatform(credentialsOf);
  const core = { transport, methods: allMethods(), logger };
  const place = new SocketPath(path);
  const users = new Set([process.geteuid?.(), frontUser?.uid]);
  const accept = (socket: Socket) => {
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
  const listener = await startListener({ path: place.draft }, MAX_FRONTS, logger, accept);
  try {
    await place.place(frontUser?.gid ?? null);
  } catch (error) {
    listener.stop();
    throw error;
  }
  return {
    path: place.path,
    close() {
      place.remove();
      listener.stop();
      listener.destroy();
    },
  };
}

function allMethods(): ReadonlyMap<string, MethodDescriptor> {
  const methods = hostscopeServices.flatMap((service) => service.methods.map(describeMethod));
  return new Map(methods.map((method) => [method.path, method]));
}
