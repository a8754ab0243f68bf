// SPDX-License-Identifier: Apache-2.0

import { parseArgs } from "node:util";
import { nearest } from "@hostscope/proto";
import { sanitise } from "./sanitise.ts";

/** What a command line asks for; `usage` is a mistake in it, in words for the person who typed it. */
export type Command =
  | { readonly kind: "live" }
  | { readonly kind: "once"; readonly json: boolean }
  | { readonly kind: "agent"; readonly args: readonly string[] }
  | { readonly kind: "help" }
  | { readonly kind: "usage"; readonly message: string };

// The one list of flags: parsing, help and the nearest-name hint are all made from it.
const FLAGS = {
  once: "print one snapshot and stop; so does a stdout that is no terminal",
  json: "with --once: print it as one JSON object",
  "agent-only": "run only the agent; other flags are its own: --agent-only --help lists them",
  help: "print this text",
} as const satisfies Record<string, string>;

type FlagName = keyof typeof FLAGS;

const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];
const AGENT_ONLY = "--agent-only";
const ANY_PORT = "127.0.0.1:0";

/** Reads a command line, without the program's own name. Never throws. */
export function parseCommand(args: readonly string[]): Command {
  try {
    return args.includes(AGENT_ONLY) ? readAgentCommand(args) : readCommand(readFlags(args));
  } catch (error) {
    return { kind: "usage", message: error instanceof Error ? error.message : String(error) };
  }
}

/** The text of --help. */
export function helpText(): string {
  const rows = FLAG_NAMES.map((name) => `  ${`--${name}`.padEnd(20)}${FLAGS[name]}\n`);
  return [
    "Usage: npm start [-- flags]\n\n",
    "Starts an agent on this machine and shows the machine through it, until q or Ctrl-C.\n\n",
    ...rows,
  ].join("");
}

function readFlags(args: readonly string[]): Set<FlagName> {
  const options = Object.fromEntries(FLAG_NAMES.map((name) => [name, { type: "boolean" } as const]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Set<FlagName>();
  for (const token of tokens) {
    if (token.kind === "positional") throw new Error(`unexpected argument "${sanitise(token.value)}"`);
    if (token.kind !== "option") continue;
    const name = readFlag(token.name, token.rawName, token.value);
    if (given.has(name)) throw new Error(`--${name} is given twice`);
    given.add(name);
  }
  return given;
}

function readFlag(name: string, rawName: string, value: string | undefined): FlagName {
  const known = rawName === "-h" ? "help" : FLAG_NAMES.find((flag) => rawName === `--${flag}`);
  if (known === undefined) {
    const hint = nearest(name, FLAG_NAMES);
    const help = hint === null ? `; flags of the agent need ${AGENT_ONLY}` : `; did you mean --${hint}?`;
    throw new Error(`unknown flag ${sanitise(rawName)}${help}`);
  }
  if (value !== undefined) throw new Error(`--${known} takes no value`);
  return known;
}

/** The agent knows its own flags; it is given them as they are, and a free port unless they name one. */
function readAgentCommand(args: readonly string[]): Command {
  const own = args.filter((arg) => arg !== AGENT_ONLY);
  const other = (["once", "json"] as const).find((name) => own.includes(`--${name}`));
  if (other !== undefined) throw new Error(`${AGENT_ONLY} shows nothing, so --${other} cannot go with it`);
  // A command such as init-tls or token is not an agent that serves.
  if (own[0] !== undefined && !own[0].startsWith("-")) return { kind: "agent", args: own };
  const hasAddress = own.some((arg) => arg === "--listen" || arg.startsWith("--listen="));
  return { kind: "agent", args: hasAddress ? own : [...own, "--listen", ANY_PORT] };
}

function readCommand(given: ReadonlySet<FlagName>): Command {
  if (given.has("help")) return { kind: "help" };
  if (given.has("once")) return { kind: "once", json: given.has("json") };
  if (given.has("json")) throw new Error("--json needs --once");
  return { kind: "live" };
}
