// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import { AgentStartError } from "./agent-start-error.ts";
import type { AuditLog } from "./audit/audit-log.ts";
import { OverheadBudget } from "./budget/overhead-budget.ts";
import { runCommand } from "./commands/commands.ts";
import { type AgentConfig, parseCommand } from "./config/config.ts";
import { weakeningVariables } from "./config/environment.ts";
import { helpText } from "./config/flags.ts";
import type { CoreConfig } from "./core/run-core.ts";
import { isPipe, isUnix } from "./listen/listen-target.ts";
import { adoptGrpcLog, createLogger, type Logger } from "./log.ts";
import type { MetricsServer } from "./metrics/start-metrics.ts";
import { nodeReleaseWarning } from "./node-release.ts";
import { followPolicy, openPolicy } from "./policy/open-policy.ts";
import { type Agent, createAgent } from "./serve/server.ts";
import { type Surroundings, TERMINAL } from "./surroundings.ts";
import { openTrust, type Trust } from "./trust/trust.ts";
import { agentVersion } from "./version.ts";
import type { ServiceConnection } from "./windows-service/service-connection.ts";

/** Exit codes, by the names of sysexits.h. */
export const EXIT = { ok: 0, usage: 64, unavailable: 69, software: 70, config: 78 } as const;

/** Opens this machine, reading the trees given and sparing the processes named. */
export type OpenTransport = (
  config: Pick<AgentConfig, "procfs" | "sysfs" | "rootfs" | "protect" | "allowExec" | "stateDir">,
) => Promise<Transport>;

/**
 * Runs an agent process from its command line until it is told to stop; `service`: of Windows' service manager. Resolves
 * to the exit code; never rejects.
 */
export async function run(
  args: readonly string[],
  openTransport: OpenTransport,
  service: ServiceConnection | null = null,
): Promise<number> {
  if (service !== null) {
    const { runAsService } = await import("./windows-service/run-as-service.ts");
    const serveIn = (flags: readonly string[], around: Surroundings) => runAgent(flags, openTransport, around);
    return await runAsService(args.slice(2), service, serveIn);
  }
  return (await runCommand(args)) ?? (await runAgent(args, openTransport, TERMINAL));
}

async function runAgent(
  args: readonly string[],
  openTransport: OpenTransport,
  surroundings: Surroundings,
): Promise<number> {
  const command = parseCommand(args);
  switch (command.kind) {
    case "help":
      process.stdout.write(helpText());
      return EXIT.ok;
    case "version":
      process.stdout.write(`${agentVersion()}\n`);
      return EXIT.ok;
    case "usage":
      surroundings.complain(command.message);
      return EXIT.usage;
    case "run":
      return command.config.checkConfig ? check(command.config) : serve(command.config, openTransport, surroundings);
  }
}

async function serve(config: AgentConfig, openTransport: OpenTransport, surroundings: Surroundings): Promise<number> {
  let logger: Logger;
  try {
    logger = surroundings.openLog(config);
  } catch (error) {
    surroundings.complain(`the log cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.unavailable;
  }
  adoptGrpcLog(logger);
  logCrashes(logger);
  const warning = nodeReleaseWarning(process.version);
  if (warning !== null) logger.warn(warning);

  const variables = isForDevelopment(config) ? [] : weakeningVariables(process.env);
  if (variables.length > 0) {
    logger.fatal({ variables }, `the environment weakens this agent: unset ${variables.join(", ")}`);
    return EXIT.config;
  }

  let transport: Transport;
  try {
    transport = config.core === null ? await openTransport(config) : await openCore(config.core);
  } catch (err) {
    logger.fatal({ err }, `cannot read this machine: ${err instanceof Error ? err.message : String(err)}`);
    return EXIT.unavailable;
  }
  if (config.serveCore !== null) return serveCore({ ...config, serveCore: config.serveCore }, transport, logger);
  const budget = new OverheadBudget(config);
  let agent: Agent;
  let trust: Trust;
  let audit: AuditLog | null = null;
  let metrics: MetricsServer | null = null;
  try {
    const { listen, socketGroup, pipeGroup, limits } = config;
    trust = openTrust(config, logger);
    const opened = await openPolicy(config, logger);
    audit = opened.audit;
    agent = await createAgent({ transport, listen, socketGroup, pipeGroup, limits, trust, ...opened, logger, budget });
    followPolicy(config, agent, trust.reloader);
    if (config.metrics !== null) {
      // Not a static import: an agent without metrics starts without loading an HTTP server.
      const { startMetrics } = await import("./metrics/start-metrics.ts");
      const { metrics: listen, metricsGroups } = config;
      metrics = await startMetrics({ listen, metricsGroups, transport, load: agent.load, budget, logger });
    }
  } catch (err) {
    return failedStart(err, logger);
  }
  // Before the address is out: whoever reads it may send a signal at once.
  const stopped = untilStopped(agent, config, logger, surroundings);
  reloadOnSignal(trust);
  surroundings.announce(agent.addresses);
  logger.info({ addresses: agent.addresses, version: agentVersion() }, "serving");
  if (Object.keys(config.limits).length > 0)
    logger.info({ limits: config.limits }, "limits differ from the usual ones");
  if (metrics !== null) logger.info({ url: metrics.url }, "serving metrics");
  await stopped;
  metrics?.close();
  trust.reloader.close();
  await closeInTime("the transport", () => transport.close(), logger);
  if (audit !== null) await closeInTime("the audit log", () => audit.close(), logger);
  return EXIT.ok;
}

/** An agent that only this machine reaches, and that knows nobody: it has nothing that its environment could weaken. */
function isForDevelopment({ listen, tls, serveCore }: AgentConfig): boolean {
  return tls === null && serveCore === null && !listen.some((target) => isUnix(target) || isPipe(target));
}

async function check(config: AgentConfig): Promise<number> {
  const { problemsOf } = await import("./config/check-config.ts");
  const problems = problemsOf(config, createLogger("silent"));
  for (const problem of problems) process.stderr.write(`hostscope-agent: ${problem}\n`);
  if (problems.length > 0) return EXIT.config;
  process.stdout.write("the configuration is sound\n");
  return EXIT.ok;
}

function failedStart(err: unknown, logger: Logger): number {
  const expected = err instanceof AgentStartError;
  logger.fatal(expected ? { reason: err.reason } : { err }, expected ? err.message : "cannot start");
  return expected ? EXIT.unavailable : EXIT.software;
}

/** The collector in another process. Not a static import, as most agents have none. */
async function openCore(path: string): Promise<Transport> {
  const { CoreTransport } = await import("./core/core-transport.ts");
  const core = new CoreTransport(path);
  await core.connect();
  return core;
}

async function serveCore(config: CoreConfig, transport: Transport, logger: Logger): Promise<number> {
  const { runCore } = await import("./core/run-core.ts");
  try {
    await runCore(config, transport, logger);
  } catch (err) {
    return failedStart(err, logger);
  }
  await closeInTime("the transport", () => transport.close(), logger);
  return EXIT.ok;
}

/** Without files to take over, the end of a terminal ends the agent as it does any program. */
function reloadOnSignal({ reloader }: Trust): void {
  if (reloader.size > 0) process.on("SIGHUP", () => reloader.reload());
}

/** A defect that gets past every handler ends the process, as it must, but as a line in the log. */
function logCrashes(logger: Logger): void {
  process.on("uncaughtException", (err) => {
    logger.fatal({ err }, "crash");
    process.exit(EXIT.software);
  });
}

function untilStopped(agent: Agent, config: AgentConfig, logger: Logger, surroundings: Surroundings): Promise<void> {
  return new Promise((resolve) => {
    let requests = 0;
    surroundings.onStopRequest(config.exitWithParent, (cause) => {
      requests += 1;
      const graceMs = requests === 1 ? config.graceMs : 0;
      logger.info({ cause, graceMs }, requests === 1 ? "stopping" : "stopping at once");
      agent.close(graceMs).then(resolve);
    });
  });
}

/** Waits 2 s at most: a thread that is stuck in the kernel must not keep a stopped agent. */
async function closeInTime(what: string, close: () => Promise<void>, logger: Logger): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("not closed within 2 s")), 2_000);
  });
  try {
    await Promise.race([close(), late]);
  } catch (err) {
    logger.warn({ err }, `${what} did not close`);
  } finally {
    clearTimeout(timer);
  }
}
