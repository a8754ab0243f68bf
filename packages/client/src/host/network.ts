// SPDX-License-Identifier: Apache-2.0

import {
  type ConnectionKind as ConnectionKindNumber,
  NetConnectionsRequestSchema,
  NetIoCountersRequestSchema,
} from "@hostscope/proto/gen/network";
import { type CallOptions, checkOptions, choice, flag } from "../call-options.ts";
import {
  CONNECTION_KIND_NUMBERS,
  type ConnectionKind,
  decodeNetConnectionsResponse,
  decodeNetIfAddrsResponse,
  decodeNetIfStatsResponse,
  decodeNetIoCountersResponse,
  type NetConnection,
  type NetIfAddr,
  type NetIfStats,
  type NetIoCounters,
} from "../gen/hostscope/v1/network_plain.ts";
import { METHODS } from "../methods.ts";
import { byName } from "../wire/by-name.ts";
import { encode } from "../wire/encode.ts";
import { HostDisks } from "./disks.ts";

/** What Host.netIoCounters takes. */
export interface NetIoCountersOptions extends CallOptions {
  /** Whether to give each interface instead of all together. @default false */
  readonly pernic?: boolean | undefined;
  /** Whether counters go on from where they were when the kernel's wrapped or were reset. @default true */
  readonly nowrap?: boolean | undefined;
}

/** What Host.netConnections and Process.connections take. */
export interface ConnectionsOptions extends CallOptions {
  /** Which sockets to list. @default "inet" */
  readonly kind?: Exclude<ConnectionKind, "unspecified"> | undefined;
}

/** psutil's functions about a host's network. */
export abstract class HostNetwork extends HostDisks {
  /**
   * Traffic of all interfaces since they appeared, null on a host without interfaces; with pernic of each interface by
   * name. Counters.
   */
  async netIoCounters(
    options?: NetIoCountersOptions & { readonly pernic?: false | undefined },
  ): Promise<NetIoCounters | null>;
  async netIoCounters(
    options: NetIoCountersOptions & { readonly pernic: true },
  ): Promise<Record<string, NetIoCounters>>;
  async netIoCounters(options?: NetIoCountersOptions): Promise<NetIoCounters | Record<string, NetIoCounters> | null>;
  async netIoCounters(options?: NetIoCountersOptions): Promise<NetIoCounters | Record<string, NetIoCounters> | null> {
    checkOptions("Host.netIoCounters", options, ["pernic", "nowrap"]);
    const pernic = flag("Host.netIoCounters", "pernic", options?.pernic);
    const nowrap = flag("Host.netIoCounters", "nowrap", options?.nowrap, true);
    const request = encode(NetIoCountersRequestSchema, { pernic, nowrap });
    const { total, nics } = await this.ask(METHODS.netIoCounters, decodeNetIoCountersResponse, options, request);
    return pernic ? byName(nics, (nic) => nic) : total;
  }

  /**
   * Sockets of the whole host, one entry for each process and descriptor that holds one, in no set order. A holder that
   * the agent may not see is null.
   */
  async netConnections(options?: ConnectionsOptions): Promise<NetConnection[]> {
    checkOptions("Host.netConnections", options, ["kind"]);
    const { kind = "inet" } = options ?? {};
    const number = choice("Host.netConnections", "kind", kind, CONNECTION_KIND_NUMBERS) as ConnectionKindNumber;
    const request = encode(NetConnectionsRequestSchema, { kind: number });
    const connections: NetConnection[] = [];
    for await (const chunk of this.stream(METHODS.netConnections, decodeNetConnectionsResponse, options, request)) {
      for (const connection of chunk.connections) {
        connections.push(connection);
      }
    }
    return connections;
  }

  /** Addresses of each network interface, by its name. */
  async netIfAddrs(options?: CallOptions): Promise<Record<string, NetIfAddr[]>> {
    checkOptions("Host.netIfAddrs", options);
    const { nics } = await this.ask(METHODS.netIfAddrs, decodeNetIfAddrsResponse, options);
    return byName(nics, ({ addrs }) => addrs);
  }

  /** State of each network interface, by its name. */
  async netIfStats(options?: CallOptions): Promise<Record<string, NetIfStats>> {
    checkOptions("Host.netIfStats", options);
    const { nics } = await this.ask(METHODS.netIfStats, decodeNetIfStatsResponse, options);
    return byName(nics, (nic) => nic);
  }
}
