// SPDX-License-Identifier: Apache-2.0

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type FrontUser, parseFrontUser } from "../core/front-user.ts";
import { parseGroup } from "../listen/group-id.ts";
import { type ListenTarget, parseListenTarget } from "../listen/listen-target.ts";
import { missingFor } from "../listen/listeners.ts";
import { isSid } from "../policy/sid.ts";
import { safeText } from "../safe-text.ts";
import type { TlsFiles } from "../trust/server-certificate.ts";
import { readConfigFile } from "./config-file.ts";
import { type FlagName, readFlags } from "./flags.ts";
import { parseLimit } from "./limit-flag.ts";
import type { Limits } from "./limits.ts";
import { DEFAULT_PORT, type ListenAddress, parseListenAddress } from "./listen-address.ts";
import { LOG_LEVELS, type LogLevel } from "./log-level.ts";
import { parseBytes, parsePercent } from "./quantity.ts";

/** Everything an agent process can be told. */
export interface AgentConfig {
  /** Where to listen. @default 127.0.0.1:7440 */
  readonly listen: readonly ListenTarget[];
  /** Group that may connect to UNIX sockets. @default the agent's own */
  readonly socketGroup: number | null;
  /** SID of those who may connect to named pipes besides the agent's user, administrators and the system. @default nobody */
  readonly pipeGroup: string | null;
  /** What TCP listeners serve TLS with. @default no TLS */
  readonly tls: TlsFiles | null;
  /** File of tokens that callers may show. @default no tokens */
  readonly tokens: string | null;
  /** File that says who may do what. @default the built-in policy */
  readonly policy: string | null;
  /** File to write down in what was changed by whom. @default nowhere */
  readonly audit: string | null;
  /** Limits that differ from the usual ones. */
  readonly limits: Partial<Limits>;
  /** Least level written to the log. @default "info" */
  readonly logLevel: LogLevel;
  /** File to write the log to. @default standard error */
  readonly logFile: string | null;
  /** Root of the proc file system. @default the collector's, /proc */
  readonly procfs: string | null;
  /** Root of the sys file system. @default the collector's, /sys */
  readonly sysfs: string | null;
  /** Root of the host's files, when the agent runs in a container. @default the collector's, / */
  readonly rootfs: string | null;
  /** Let callers start programs as this user. @default false */
  readonly allowExec: boolean;
  /** Names of processes that no call may signal, besides those that none ever may. @default none */
  readonly protect: readonly string[];
  /** Folder for what must outlive the agent. @default the collector's */
  readonly stateDir: string | null;
  /** Read this machine through the core that serves this socket. @default this process reads it itself */
  readonly core: string | null;
  /** Be such a core: serve this socket, and nothing on the network. @default an agent */
  readonly serveCore: string | null;
  /** Who may connect to a core, besides its own user. @default nobody */
  readonly frontUser: FrontUser | null;
  /** Milliseconds that calls in progress get to finish when the agent stops. @default 5000 */
  readonly graceMs: number;
  /** Where to serve /metrics. @default nowhere */
  readonly metrics: ListenAddress | null;
  /** Most groups of processes in the metrics, beside that of all others. @default 50 */
  readonly metricsGroups: number;
  /** Percent of one CPU the agent may take before it makes its repeated work rarer. @default no limit */
  readonly maxCpuPercent: number | null;
  /** The same for bytes of resident memory. @default no limit */
  readonly maxRssBytes: number | null;
  /** Only say whether an agent could start so. @default false */
  readonly checkConfig: boolean;
  /** Stop when standard input ends, so that a killed parent leaves no agent behind. @default false */
  readonly exitWithParent: boolean;
}

/** What a command line asks for; `usage` is a mistake in it, in words for the person who typed it. */
export type Command =
  | { readonly kind: "run"; readonly config: AgentConfig }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "usage"; readonly message: string };

// What only one of the two processes has a use for: a flag that would do nothing is a mistake.
const OF_CORE: readonly FlagName[] = ["procfs", "sysfs", "rootfs", "allow-exec", "protect", "state-dir", "front-user"];
const WITH_CORE: ReadonlySet<FlagName> = new Set([
  ...OF_CORE,
  ...(["serve-core", "log-level", "log-file", "config", "check-config", "exit-with-parent"] as const),
]);
const MAX_GRACE_MS = 3_600_000;
const MOST_GROUPS = 1_000;

/** Reads a command line, without the program's own name. Never throws. */
export function parseCommand(args: readonly string[]): Command {
  try {
    const given = readFlags(args);
    if (given.has("help")) return { kind: "help" };
    if (given.has("version")) return { kind: "version" };
    const file = given.get("config");
    // What the command line says, it says for all of a flag.
    const all = file === undefined ? given : new Map([...readConfigFile(resolve(file)), ...given]);
    return { kind: "run", config: readConfig(all) };
  } catch (error) {
    return { kind: "usage", message: error instanceof Error ? error.message : String(error) };
  }
}

function readConfig(given: ReadonlyMap<FlagName, string>): AgentConfig {
  checkSides(given);
  const tls = readTls(given);
  return {
    listen: read("listen", given.get("listen") ?? `127.0.0.1:${DEFAULT_PORT}`, (text) => readTargets(text, tls, given)),
    socketGroup: readOptional("socket-group", given, (text) => parseGroup(text)),
    pipeGroup: readOptional("pipe-group", given, readSid),
    tls,
    tokens: readOptional("tokens", given, (text) => resolve(text)),
    policy: readOptional("policy", given, (text) => resolve(text)),
    audit: readOptional("audit", given, (text) => resolve(text)),
    limits: Object.assign({}, ...(readOptional("limit", given, (text) => text.split(",").map(parseLimit)) ?? [])),
    logLevel: read("log-level", given.get("log-level") ?? "info", readLogLevel),
    logFile: readOptional("log-file", given, (text) => resolve(text)),
    procfs: readOptional("procfs", given, readDirectory),
    sysfs: readOptional("sysfs", given, readDirectory),
    rootfs: readOptional("rootfs", given, readDirectory),
    allowExec: given.has("allow-exec"),
    protect: readOptional("protect", given, readNames) ?? [],
    stateDir: readOptional("state-dir", given, (text) => resolve(text)),
    core: readOptional("core", given, (text) => resolve(text)),
    serveCore: readOptional("serve-core", given, (text) => resolve(text)),
    frontUser: readOptional("front-user", given, (text) => parseFrontUser(text)),
    graceMs: read("grace-ms", given.get("grace-ms") ?? "5000", readGrace),
    metrics: readOptional("metrics", given, parseListenAddress),
    metricsGroups: read("metrics-groups", given.get("metrics-groups") ?? "50", readGroups),
    maxCpuPercent: readOptional("max-cpu", given, parsePercent),
    maxRssBytes: readOptional("max-rss", given, parseBytes),
    checkConfig: given.has("check-config"),
    exitWithParent: given.has("exit-with-parent"),
  };
}

/** An agent is one process, or a front and a core; each of those takes the flags of its side only. */
function checkSides(given: ReadonlyMap<FlagName, string>): void {
  if (given.has("serve-core")) {
    const strange = [...given.keys()].find((flag) => !WITH_CORE.has(flag));
    if (strange !== undefined) throw new Error(`--${strange} is for the front, not for a core (--serve-core)`);
  } else if (given.has("core")) {
    const strange = OF_CORE.find((flag) => given.has(flag));
    if (strange !== undefined) throw new Error(`--${strange} is for the core, not for its front (--core)`);
  } else if (given.has("front-user")) {
    throw new Error("--front-user is for a core (--serve-core)");
  }
}

function readTls(given: ReadonlyMap<FlagName, string>): TlsFiles | null {
  const [cert, key, clientCa] = (["tls-cert", "tls-key", "client-ca"] as const).map((flag) => given.get(flag));
  if (cert === undefined && key === undefined && clientCa === undefined) return null;
  if (cert === undefined) throw new Error("TLS needs --tls-cert, too");
  if (key === undefined) throw new Error("TLS needs --tls-key, too");
  return { cert: resolve(cert), key: resolve(key), clientCa: clientCa === undefined ? null : resolve(clientCa) };
}

function readTargets(text: string, tls: TlsFiles | null, given: ReadonlyMap<FlagName, string>): ListenTarget[] {
  const has = { tls: tls !== null, clientCa: tls?.clientCa != null, tokens: given.has("tokens") };
  return text.split(",").map((one) => {
    const target = parseListenTarget(one);
    const missing = missingFor(target, has);
    if (missing !== null) throw new Error(missing);
    return target;
  });
}

function readDirectory(text: string): string {
  // Every call would fail on a mistyped one, each with another message.
  if (!isDirectory(text)) throw new Error(`"${safeText(text, 80)}" is not a directory this user can see`);
  return resolve(text);
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function readOptional<T>(flag: FlagName, given: ReadonlyMap<FlagName, string>, parse: (text: string) => T): T | null {
  const text = given.get(flag);
  return text === undefined ? null : read(flag, text, parse);
}

function read<T>(flag: FlagName, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`--${flag}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readSid(text: string): string {
  if (!isSid(text)) throw new Error(`"${safeText(text, 80)}" is no SID, such as S-1-5-32-545 for all users`);
  return text;
}

function readNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new Error(`"${safeText(text, 80)}" has an empty name`);
  return names;
}

function readLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined) throw new Error(`"${safeText(text, 80)}" is not one of ${LOG_LEVELS.join(", ")}`);
  return level;
}

function readGroups(text: string): number {
  const groups = /^[0-9]{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(groups <= MOST_GROUPS)) throw new Error(`"${safeText(text, 80)}" is not a number from 0 to ${MOST_GROUPS}`);
  return groups;
}

function readGrace(text: string): number {
  const ms = /^[0-9]{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(ms <= MAX_GRACE_MS)) throw new Error(`"${safeText(text, 80)}" is not a number from 0 to ${MAX_GRACE_MS}`);
  return ms;
}
