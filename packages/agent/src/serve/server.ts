// SPDX-License-Identifier: Apache-2.0

import type { DescService } from "@bufbuild/protobuf";
import { type Metadata, Server, ServerCredentials, type ServerOptions } from "@grpc/grpc-js";
import { describeMethod, type Transport } from "@hostscope/proto";
import type { AuditLog } from "../audit/audit-log.ts";
import type { OverheadBudget } from "../budget/overhead-budget.ts";
import { isPaced, PaceKeeper } from "../budget/pace-keeper.ts";
import { LIMITS, type Limits } from "../config/limits.ts";
import { isLoopback } from "../config/listen-address.ts";
import { judgeConnections } from "../listen/connection-judge.ts";
import { Front } from "../listen/front.ts";
import type { ListenCounts } from "../listen/listen-counts.ts";
import { isPipe, isUnix, type ListenTarget } from "../listen/listen-target.ts";
import { startListeners } from "../listen/listeners.ts";
import type { Logger } from "../log.ts";
import { builtinPolicy } from "../policy/builtin-policy.ts";
import { PolicyGate } from "../policy/gate.ts";
import { guardedMethods } from "../policy/guarded-method.ts";
import type { Policy } from "../policy/policy.ts";
import { CallGate } from "../trust/call-gate.ts";
import { callersOf } from "../trust/callers.ts";
import { Quotas } from "../trust/quotas.ts";
import { openTrust, type Trust } from "../trust/trust.ts";
import type { CallCounts } from "./call-counts.ts";
import { CallRegistry } from "./call-registry.ts";
import { drain } from "./drain.ts";
import { createHealth } from "./health.ts";
import { addReflection } from "./reflection.ts";
import { buildRoute } from "./routes.ts";
import { hostscopeServices } from "./services.ts";

/** What createAgent needs. */
export interface AgentOptions {
  /** Answers the calls; it stays the caller's to close. */
  readonly transport: Transport;
  /** Where to listen, at least one; what is not of this machine alone needs a `trust` with TLS. */
  readonly listen: readonly ListenTarget[];
  /** Whom the agent trusts; it stays the caller's to close. @default nobody by certificate or token */
  readonly trust?: Trust;
  /** Who may do what. @default builtinPolicy */
  readonly policy?: Policy;
  /** Where calls that change something are written down; it stays the caller's to close. @default nowhere */
  readonly audit?: AuditLog | null;
  /** Group that may connect to UNIX sockets. @default the agent's own */
  readonly socketGroup?: number | null;
  /** SID of those who may connect to named pipes besides the agent's user, administrators and the system. @default nobody */
  readonly pipeGroup?: string | null;
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
  /** Number of TLS handshakes in progress. */
  readonly handshakes: number;
  /** Number of open watches. */
  readonly watches: number;
  /** What was let in and what was refused. */
  readonly listen: ListenCounts;
  /** Number of calls in progress. */
  readonly callsInProgress: number;
  /** Whether the audit log can be written, as far as is known; null without one. */
  readonly auditWritable: boolean | null;
  /** The calls that are over. */
  readonly counts: CallCounts;
}

/** An agent that serves. */
export interface Agent {
  /** What clients open, e.g. "grpc://127.0.0.1:7440", one per listener and in their order. */
  readonly addresses: readonly string[];
  /** The first of them. */
  readonly address: string;
  /** The port that the first listener got; 0 for a UNIX socket. */
  readonly port: number;
  /** What it serves now and has served so far. */
  readonly load: AgentLoad;
  /** Takes another policy over, for calls in progress, too. */
  setPolicy(policy: Policy): void;
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
  const { transport, logger } = options;
  const limits: Limits = { ...LIMITS, ...options.limits };
  const services = options.services ?? hostscopeServices;
  const trust = options.trust ?? openTrust({ tls: null, tokens: null }, logger);

  const calls = new CallRegistry();
  if (options.budget?.limited && isPaced(transport)) {
    calls.onWatched = new PaceKeeper(options.budget, transport).watched;
  }
  const admissionOf = (metadata: Metadata) => policyGate.admissionOf(metadata);
  const context = { transport, calls, limits, admissionOf, logger };
  const routes = services.map((service) => buildRoute(service, context));
  const front = new Front({ limits, trust, logger, serve: (socket) => injector.injectConnection(socket) });
  const { connections } = front;
  const { counts } = trust;
  const methods = services.flatMap((service) => service.methods.map(describeMethod));
  const quotas = new Quotas(limits, methods, counts);
  const callerOf = callersOf(connections, () => trust.tokens);
  const gate = new CallGate({ callerOf, connections, quotas, limits, counts, logger });
  const policyGate = new PolicyGate({
    policy: options.policy ?? builtinPolicy(),
    callerOf,
    audit: options.audit ?? null,
    logger,
    methods: guardedMethods(services),
    onRefused: ({ method }, code) => calls.counts.add(method, code, 0),
  });
  // Who calls and how often, before what they may do.
  const interceptors = [gate.interceptor, policyGate.interceptor];
  const server = new Server({ ...serverOptions(limits), interceptors });
  for (const { definition, implementation } of routes) server.addService(definition, implementation);
  const health = createHealth(services.map((service) => service.typeName));
  health.addTo(server);
  // Reflection shows the whole schema to whoever can connect, which is nobody's business off this machine.
  if (options.listen.every(isLocal)) addReflection(server, services, logger, limits.stallMs);
  // In the clear as far as grpc-js is concerned: the front has done TLS where there is any.
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());

  const { listen: targets, socketGroup = null, pipeGroup = null } = options;
  const listener = await startListeners({ targets, limits, trust, front, logger, socketGroup, pipeGroup });
  const stopJudging = judgeConnections(front, trust, () => {
    gate.rejudge();
    policyGate.rejudge();
  });
  health.setServing(true);
  const end = drain({ listener, server, calls, health });
  const close = async (graceMs: number): Promise<void> => {
    await end(graceMs);
    stopJudging();
  };
  const load: AgentLoad = {
    get connections() {
      return listener.connections;
    },
    get handshakes() {
      return front.handshakes;
    },
    get watches() {
      return quotas.watches;
    },
    listen: counts,
    get callsInProgress() {
      return calls.size;
    },
    get auditWritable() {
      return options.audit?.healthy ?? null;
    },
    counts: calls.counts,
  };
  const { addresses, port } = listener;
  const setPolicy = (policy: Policy) => policyGate.setPolicy(policy);
  return { addresses, address: addresses[0] ?? "", port, load, setPolicy, close };
}

function isLocal(target: ListenTarget): boolean {
  return isUnix(target) || isPipe(target) || isLoopback(target.host);
}

function serverOptions(limits: Limits): ServerOptions {
  return {
    "grpc.max_receive_message_length": limits.requestBytes,
    "grpc.max_send_message_length": limits.responseBytes,
    "grpc.max_concurrent_streams": limits.callsPerConnection,
    // A peer that vanished without a word would hold its streams for ever, and one that broke the protocol its connection:
    // Node says goodbye to it and listens no more, not even for the end.
    "grpc.keepalive_time_ms": limits.keepaliveMs,
    "grpc.keepalive_timeout_ms": Math.min(10_000, limits.keepaliveMs),
    "grpc.max_connection_idle_ms": 300_000,
    // Records every session and call for a debugging service that is not served.
    "grpc.enable_channelz": 0,
  };
}
