// SPDX-License-Identifier: Apache-2.0

import type { Socket } from "node:net";
import type { DescService } from "@bufbuild/protobuf";
import { Server, ServerCredentials, type ServerOptions } from "@grpc/grpc-js";
import type { Transport } from "@hostscope/proto";
import type { CallCounts } from "./call-counts.ts";
import { CallRegistry } from "./call-registry.ts";
import { drain } from "./drain.ts";
import { createHealth } from "./health.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { formatAddress, isLoopback, type ListenAddress } from "./listen-address.ts";
import { startListener } from "./listener.ts";
import type { Logger } from "./log.ts";
import { metadataLimit } from "./metadata-limit.ts";
import type { OverheadBudget } from "./overhead-budget.ts";
import { isPaced, PaceKeeper } from "./pace-keeper.ts";
import { addReflection } from "./reflection.ts";
import { buildRoute } from "./routes.ts";
import { hostscopeServices } from "./services.ts";

/** What createAgent needs. */
export interface AgentOptions {
  /** Answers the calls; it stays the caller's to close. */
  readonly transport: Transport;
  /** Where to listen; a loopback address, as parseListenAddress gives it. */
  readonly listen: ListenAddress;
  /** Where the agent logs. */
  readonly logger: Logger;
  /** Limits that differ from the usual ones. @default LIMITS */
  readonly limits?: Partial<Limits>;
  /** What the agent may cost; while somebody watches, the transport is told the pace. @default no limit */
  readonly budget?: OverheadBudget;
  /** Services to serve. @default all of hostscope's */
  readonly services?: readonly DescService[];
}

/** What an agent has to do. */
export interface AgentLoad {
  /** Number of open connections. */
  readonly connections: number;
  /** Number of calls in progress. */
  readonly callsInProgress: number;
  /** The calls that are over. */
  readonly counts: CallCounts;
}

/** An agent that serves. */
export interface Agent {
  /** The address clients open, e.g. "grpc://127.0.0.1:7440". */
  readonly address: string;
  /** The port it got. */
  readonly port: number;
  /** What it serves now and has served so far. */
  readonly load: AgentLoad;
  /**
   * Stops: takes no new calls, lets those in progress finish for `graceMs` milliseconds, then ends them with
   * UNAVAILABLE. Never rejects. A second call with a shorter grace cuts the first one's short.
   */
  close(graceMs: number): Promise<void>;
}

/**
 * Serves a transport over gRPC. Throws AgentStartError if it cannot listen, and an Error that names the method if the
 * schema does not say what permission a method needs.
 */
export async function createAgent(options: AgentOptions): Promise<Agent> {
  const { transport, listen, logger } = options;
  const limits: Limits = { ...LIMITS, ...options.limits };
  const services = options.services ?? hostscopeServices;
  if (!isLoopback(listen.host)) throw new Error(`${listen.host} is not a loopback address`);

  const calls = new CallRegistry();
  if (options.budget?.limited && isPaced(transport)) {
    calls.onWatched = new PaceKeeper(options.budget, transport).watched;
  }
  const routes = services.map((service) => buildRoute(service, { transport, calls, limits, logger }));
  const server = new Server({ ...serverOptions(limits), interceptors: [metadataLimit(limits)] });
  for (const { definition, implementation } of routes) server.addService(definition, implementation);
  const health = createHealth(services.map((service) => service.typeName));
  health.addTo(server);
  // Reflection shows the whole schema to whoever can connect, which is nobody's business off this machine.
  if (isLoopback(listen.host)) addReflection(server, services, logger, limits.stallMs);

  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const onConnection = (socket: Socket) => injector.injectConnection(socket);
  const listener = await startListener(listen, limits.connections, logger, onConnection);
  health.setServing(true);
  const close = drain({ listener, server, calls, health });
  const load: AgentLoad = {
    get connections() {
      return listener.connections;
    },
    get callsInProgress() {
      return calls.size;
    },
    counts: calls.counts,
  };
  const address = `grpc://${formatAddress({ host: listen.host, port: listener.port })}`;
  return { address, port: listener.port, load, close };
}

function serverOptions(limits: Limits): ServerOptions {
  return {
    "grpc.max_receive_message_length": limits.requestBytes,
    "grpc.max_send_message_length": limits.responseBytes,
    "grpc.max_concurrent_streams": limits.callsPerConnection,
    // A peer that vanished without a word would hold its streams for ever.
    "grpc.keepalive_time_ms": 30_000,
    "grpc.keepalive_timeout_ms": 10_000,
    "grpc.max_connection_idle_ms": 300_000,
    // Records every session and call for a debugging service that is not served.
    "grpc.enable_channelz": 0,
  };
}
