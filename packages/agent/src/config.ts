// SPDX-License-Identifier: Apache-2.0

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { nearest } from "@hostscope/proto";
import { COMMANDS } from "./commands/commands.ts";
import { type FrontUser, parseFrontUser } from "./core/front-user.ts";
import { limitRows, parseLimit } from "./limit-flag.ts";
import type { Limits } from "./limits.ts";
import { parseGroup } from "./listen/group-id.ts";
import { type ListenTarget, parseListenTarget } from "./listen/listen-target.ts";
import { missingFor } from "./listen/listeners.ts";
import { DEFAULT_PORT, type ListenAddress, parseListenAddress } from "./listen-address.ts";
import { parseBytes, parsePercent } from "./quantity.ts";
import { safeText } from "./safe-text.ts";
import type { TlsFiles } from "./trust/server-certificate.ts";

/** Levels of the log, from chatty to silent. */
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** One level of the log. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything an agent process can be told. */
export interface AgentConfig {
  /** Where to listen. @default 127.0.0.1:7440 */
  readonly listen: readonly ListenTarget[];
  /** Group that may connect to UNIX sockets. @default the agent's own */
  readonly socketGroup: number | null;
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
  /** Stop when standard input ends, so that a killed parent leaves no agent behind. @default false */
  readonly exitWithParent: boolean;
}

/** What a command line asks for; `usage` is a mistake in it, in words for the person who typed it. */
export type Command =
  | { readonly kind: "run"; readonly config: AgentConfig }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "usage"; readonly message: string };

interface Flag {
  readonly value: string | null;
  readonly help: string;
}

// The one list of flags: parsing, help and the nearest-name hint are all made from it.
const FLAGS = {
  listen: {
    value: "ADDRESS",
    help: `HOST:PORT or unix:PATH; again for more (default 127.0.0.1:${DEFAULT_PORT}; port 0: any)`,
  },
  "socket-group": { value: "GROUP", help: "group that may use UNIX sockets (default: the agent's own)" },
  "tls-cert": { value: "FILE", help: "certificate to serve TLS with on TCP, with its issuers, PEM" },
  "tls-key": { value: "FILE", help: "its private key, PEM" },
  "client-ca": { value: "FILE", help: "admit client certificates of these authorities, PEM, and nobody without one" },
  tokens: { value: "FILE", help: "admit bearer tokens of this file (hostscope-agent token create)" },
  policy: { value: "FILE", help: "who may do what, YAML (default: anyone on this machine everything, others nothing)" },
  audit: { value: "FILE", help: "write down here who changes what, before it is done (default: nowhere)" },
  limit: { value: "NAME=N", help: "change a limit, see below; again for more" },
  "log-level": { value: "LEVEL", help: `${LOG_LEVELS.join(", ")} (default info)` },
  procfs: { value: "DIR", help: "read this tree instead of /proc" },
  sysfs: { value: "DIR", help: "read this tree instead of /sys" },
  rootfs: { value: "DIR", help: "the host's root of all files, seen from a container (default /)" },
  "allow-exec": { value: null, help: "let callers start programs as this user (Process.Popen)" },
  protect: { value: "NAME", help: "never signal processes of this name; NAME,NAME or again for more" },
  "state-dir": { value: "DIR", help: "keep here what must outlive the agent (default: this user's run-time files)" },
  core: { value: "PATH", help: "read this machine through the core that serves this socket; needs no rights itself" },
  "serve-core": { value: "PATH", help: "be that core: serve a front on this socket, and nothing on the network" },
  "front-user": { value: "USER", help: "user of the front that may connect to the core (default: its own)" },
  "grace-ms": { value: "MS", help: "time for calls in progress when stopping (default 5000)" },
  metrics: { value: "HOST:PORT", help: "loopback address to serve /metrics for Prometheus (default: off)" },
  "metrics-groups": { value: "N", help: "process names with metrics of their own, 0 to 1000 (default 50)" },
  "max-cpu": { value: "PERCENT", help: "above this share of one CPU, e.g. 2%, watches get slower (default: no limit)" },
  "max-rss": { value: "SIZE", help: "above this memory, e.g. 200M, watches get slower (default: no limit)" },
  "exit-with-parent": { value: null, help: "stop when standard input ends" },
  help: { value: null, help: "print this text" },
  version: { value: null, help: "print the version" },
} as const satisfies Record<string, Flag>;

type FlagName = keyof typeof FLAGS;

// What may be given again for more; the values come joined by commas.
const REPEATED: ReadonlySet<FlagName> = new Set(["listen", "limit", "protect"]);
const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];
// What only one of the two processes has a use for: a flag that would do nothing is a mistake.
const OF_CORE: readonly FlagName[] = ["procfs", "sysfs", "rootfs", "allow-exec", "protect", "state-dir", "front-user"];
const WITH_CORE: ReadonlySet<FlagName> = new Set([...OF_CORE, "serve-core", "log-level", "exit-with-parent"]);
const MAX_GRACE_MS = 3_600_000;
const MOST_GROUPS = 1_000;

/** Reads a command line, without the program's own name. Never throws. */
export function parseCommand(args: readonly string[]): Command {
  try {
    const given = readFlags(args);
    if (given.has("help")) return { kind: "help" };
    if (given.has("version")) return { kind: "version" };
    return { kind: "run", config: readConfig(given) };
  } catch (error) {
    return { kind: "usage", message: error instanceof Error ? error.message : String(error) };
  }
}

/** The text of --help. */
export function helpText(): string {
  const rows = FLAG_NAMES.map((name) => {
    const flag: Flag = FLAGS[name];
    return `  ${`--${name}${flag.value === null ? "" : ` ${flag.value}`}`.padEnd(22)}${flag.help}\n`;
  });
  return [
    "Usage: hostscope-agent [flags]\n       hostscope-agent COMMAND [--help]\n\n",
    "Serves this machine to hostscope clients over gRPC.\n\n",
    ...rows,
    "\nCommands:\n",
    ...Object.entries(COMMANDS).map(([name, { help }]) => `  ${name.padEnd(22)}${help}\n`),
    "\nLimits (--limit NAME=N), with their defaults:\n",
    ...limitRows(),
  ].join("");
}

function readFlags(args: readonly string[]): Map<FlagName, string> {
  const options = Object.fromEntries(
    FLAG_NAMES.map((name) => [name, { type: FLAGS[name].value === null ? "boolean" : "string" } as const]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<FlagName, string>();
  for (const token of tokens) {
    if (token.kind === "positional") throw new Error(`unexpected argument "${safeText(token.value, 80)}"`);
    if (token.kind === "option") {
      const [flag, value] = readFlag(token.name, token.rawName, token.value);
      // Of the others, the last one counts.
      const before = REPEATED.has(flag) ? given.get(flag) : undefined;
      given.set(flag, before === undefined ? value : `${before},${value}`);
    }
  }
  return given;
}

function readFlag(name: string, rawName: string, value: string | undefined): [FlagName, string] {
  const known = FLAG_NAMES.find((flag) => flag === name);
  if (known === undefined || rawName !== `--${name}`) {
    const hint = nearest(name, FLAG_NAMES);
    throw new Error(`unknown flag ${safeText(rawName, 80)}${hint === null ? "" : `; did you mean --${hint}?`}`);
  }
  if (FLAGS[known].value === null) {
    if (value !== undefined) throw new Error(`--${known} takes no value`);
    return [known, ""];
  }
  // "--listen --version" is a forgotten value, not an address named --version.
  if (value === undefined || value === "" || value.startsWith("--")) {
    throw new Error(`--${known} needs a value: --${known} ${FLAGS[known].value}`);
  }
  return [known, value];
}

function readConfig(given: ReadonlyMap<FlagName, string>): AgentConfig {
  checkSides(given);
  const tls = readTls(given);
  return {
    listen: read("listen", given.get("listen") ?? `127.0.0.1:${DEFAULT_PORT}`, (text) => readTargets(text, tls, given)),
    socketGroup: readOptional("socket-group", given, (text) => parseGroup(text)),
    tls,
    tokens: readOptional("tokens", given, (text) => resolve(text)),
    policy: readOptional("policy", given, (text) => resolve(text)),
    audit: readOptional("audit", given, (text) => resolve(text)),
    limits: Object.assign({}, ...(readOptional("limit", given, (text) => text.split(",").map(parseLimit)) ?? [])),
    logLevel: read("log-level", given.get("log-level") ?? "info", readLogLevel),
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
