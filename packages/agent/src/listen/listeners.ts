// SPDX-License-Identifier: Apache-2.0

import { AgentStartError } from "../agent-start-error.ts";
import type { Limits } from "../config/limits.ts";
import { formatAddress, isLoopback } from "../config/listen-address.ts";
import type { Logger } from "../log.ts";
import { type Listener, startListener } from "../serve/listener.ts";
import type { Trust } from "../trust/trust.ts";
import type { Front } from "./front.ts";
import { formatTarget, isPipe, isUnix, type ListenTarget, type PipeAddress } from "./listen-target.ts";
import { startPipeListener } from "./pipe-listener.ts";
import { startUnixListener } from "./unix-listener.ts";

/** What listeners need. */
export interface ListenersOptions {
  readonly targets: readonly ListenTarget[];
  readonly limits: Limits;
  readonly trust: Trust;
  readonly front: Front;
  readonly logger: Logger;
  /** Group that may connect to UNIX sockets; null: that of the agent. */
  readonly socketGroup: number | null;
  /** SID of those who may connect to named pipes besides the agent's user, administrators and the system. */
  readonly pipeGroup: string | null;
}

/** All listeners of an agent. */
export interface Listeners extends Listener {
  /** What clients open, in the order of the targets. */
  readonly addresses: readonly string[];
}

type Started = Listener & { readonly address: string };

/** Starts all listeners, or none and throws AgentStartError. */
export async function startListeners(options: ListenersOptions): Promise<Listeners> {
  const started: Started[] = [];
  try {
    for (const target of options.targets) started.push(await start(target, options));
  } catch (error) {
    for (const listener of started) listener.stop();
    throw error;
  }
  return {
    port: started[0]?.port ?? 0,
    addresses: started.map(({ address }) => address),
    get connections() {
      return started.reduce((sum, { connections }) => sum + connections, 0);
    },
    stop() {
      for (const listener of started) listener.stop();
    },
    destroy() {
      for (const listener of started) listener.destroy();
    },
  };
}

/** Why a target cannot be served with what there is, or null. Nothing is ever served in the clear off this machine. */
export function missingFor(
  target: ListenTarget,
  has: { tls: boolean; clientCa: boolean; tokens: boolean },
): string | null {
  if (isUnix(target) || isPipe(target)) return null;
  if (!has.tls) {
    if (isLoopback(target.host)) return null;
    return (
      `${target.host} is not a loopback address, so it needs TLS: give --tls-cert and --tls-key, and --client-ca or ` +
      "--tokens; `hostscope-agent init-tls` makes certificates for those who have none"
    );
  }
  if (has.clientCa || has.tokens) return null;
  return "TLS alone lets everybody in: give --client-ca to admit client certificates, or --tokens to admit tokens";
}

async function start(target: ListenTarget, options: ListenersOptions): Promise<Started> {
  const { trust, limits, front, logger } = options;
  const { tls, tokens } = trust;
  const missing = missingFor(target, { tls: tls !== null, clientCa: tls?.clientCa != null, tokens: tokens !== null });
  if (missing !== null) throw new AgentStartError("credentials", missing);
  if (isUnix(target)) return startUnix(target.path, options);
  if (isPipe(target)) return startPipe(target, options);
  const take = tls === null ? front.takeTcp.bind(front) : front.takeTls.bind(front);
  const listener = await startListener(target, limits.connections, logger, take);
  const address = formatAddress({ host: target.host, port: listener.port });
  return withAddress(listener, `${tls === null ? "grpc" : "https"}://${address}`);
}

async function startUnix(path: string, options: ListenersOptions): Promise<Started> {
  const { limits, front, logger, socketGroup: gid } = options;
  const onConnection = front.takeUnix.bind(front);
  const unix = await startUnixListener({ path, gid, maxConnections: limits.connections, logger, onConnection });
  return withAddress({ ...unix.listener, stop: unix.stop }, `unix:${unix.path}`, unix.listener);
}

async function startPipe(target: PipeAddress, options: ListenersOptions): Promise<Started> {
  const { limits, front, logger, pipeGroup: group } = options;
  const onConnection = front.takePipe.bind(front);
  const { connections: maxConnections, firstCallMs: firstWordMs } = limits;
  const { pipe } = target;
  const listener = await startPipeListener({ pipe, group, maxConnections, firstWordMs, logger, onConnection });
  return withAddress(listener, formatTarget(target));
}

function withAddress(listener: Listener, address: string, source: Listener = listener): Started {
  return {
    address,
    port: listener.port,
    get connections() {
      return source.connections;
    },
    stop: listener.stop,
    destroy: listener.destroy,
  };
}
