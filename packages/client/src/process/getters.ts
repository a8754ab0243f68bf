// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions, choice } from "../call-options.ts";
import { CONNECTION_KIND_NUMBERS, type NetConnection } from "../gen/hostscope/v1/network_plain.ts";
import type { ProcessOpenFile } from "../gen/hostscope/v1/process_values_plain.ts";
import type { ConnectionsOptions } from "../host/network.ts";
import { ProcessMemory } from "./memory.ts";

/**
 * psutil's getters of one process. Each fails with NoSuchProcess once the process has ended, AccessDenied where the
 * host's operating system refuses, ZombieProcess for what a zombie no longer has, Unsupported for what the platform does
 * not know, and with the errors of every call (HostUnreachable, DeadlineExceeded, ...).
 */
export abstract class ProcessGetters extends ProcessMemory {
  /** Number of open file descriptors. Not on Windows. */
  numFds(options?: CallOptions): Promise<number> {
    return this.read("numFds", options);
  }

  /** Number of open handles. Windows only. */
  numHandles(options?: CallOptions): Promise<number> {
    return this.read("numHandles", options);
  }

  /** Regular files it has open. */
  openFiles(options?: CallOptions): Promise<ProcessOpenFile[]> {
    return this.read("openFiles", options);
  }

  /** Sockets it has open. */
  connections(options?: ConnectionsOptions): Promise<NetConnection[]> {
    return this.#sockets("connections", options);
  }

  /** Sockets it has open; psutil 6's name for connections(). */
  netConnections(options?: ConnectionsOptions): Promise<NetConnection[]> {
    return this.#sockets("netConnections", options);
  }

  async #sockets(
    attribute: "connections" | "netConnections",
    options: ConnectionsOptions | undefined,
  ): Promise<NetConnection[]> {
    checkOptions(`Process.${attribute}`, options, ["kind"]);
    const { kind = "inet" } = options ?? {};
    choice(`Process.${attribute}`, "kind", kind, CONNECTION_KIND_NUMBERS);
    return this.readAttribute(attribute, options, { kind: kind === "inet" ? undefined : kind });
  }
}
