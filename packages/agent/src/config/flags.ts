// SPDX-License-Identifier: Apache-2.0

import { parseArgs } from "node:util";
import { nearest } from "@hostscope/proto";
import { COMMANDS } from "../commands/commands.ts";
import { safeText } from "../safe-text.ts";
import { limitRows } from "./limit-flag.ts";
import { DEFAULT_PORT } from "./listen-address.ts";
import { LOG_LEVELS } from "./log-level.ts";

interface Flag {
  readonly value: string | null;
  readonly help: string;
}

/** The one list of flags: parsing, help, the configuration file and the nearest-name hint are all made from it. */
export const FLAGS = {
  listen: {
    value: "ADDRESS",
    help: `HOST:PORT, unix:PATH or npipe:////./pipe/NAME; again for more (default 127.0.0.1:${DEFAULT_PORT}; port 0: any)`,
  },
  "socket-group": { value: "GROUP", help: "group that may use UNIX sockets (default: the agent's own)" },
  "pipe-group": { value: "SID", help: "group that may use named pipes (default: none but administrators)" },
  "tls-cert": { value: "FILE", help: "certificate to serve TLS with on TCP, with its issuers, PEM" },
  "tls-key": { value: "FILE", help: "its private key, PEM" },
  "client-ca": { value: "FILE", help: "admit client certificates of these authorities, PEM, and nobody without one" },
  tokens: { value: "FILE", help: "admit bearer tokens of this file (hostscope-agent token create)" },
  policy: { value: "FILE", help: "who may do what, YAML (default: anyone on this machine everything, others nothing)" },
  audit: { value: "FILE", help: "write down here who changes what, before it is done (default: nowhere)" },
  limit: { value: "NAME=N", help: "change a limit, see below; again for more" },
  "log-level": { value: "LEVEL", help: `${LOG_LEVELS.join(", ")} (default info)` },
  "log-file": { value: "FILE", help: "write the log there, at most 20 MiB of it (default: standard error)" },
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
  config: { value: "FILE", help: "read flags from this YAML file, too; those of the command line win" },
  "check-config": { value: null, help: "say whether the agent could start so, and do not start" },
  "exit-with-parent": { value: null, help: "stop when standard input ends" },
  help: { value: null, help: "print this text" },
  version: { value: null, help: "print the version" },
} as const satisfies Record<string, Flag>;

/** Name of a flag, without its dashes. */
export type FlagName = keyof typeof FLAGS;

/** What may be given again for more; the values come joined by commas. */
export const REPEATED: ReadonlySet<FlagName> = new Set(["listen", "limit", "protect"]);
export const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];
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

/** The flags of a command line. Throws an Error that says what is wrong. */
export function readFlags(args: readonly string[]): Map<FlagName, string> {
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
