// SPDX-License-Identifier: Apache-2.0

import { parseArgs } from "node:util";
import { nearest } from "@hostscope/proto";
import { sanitise } from "./sanitise.ts";

/** What a command line asks for; `usage` is a mistake in it, in words for the person who typed it. */
export type Command =
  | { readonly kind: "live" }
  | { readonly kind: "once"; readonly json: boolean }
  | { readonly kind: "agent"; readonly listen: string }
  | { readonly kind: "help" }
  | { readonly kind: "usage"; readonly message: string };

// The one list of flags: parsing, help and the nearest-name hint are all made from it.
const FLAGS = {
  once: { value: null, help: "print one snapshot and stop; so does a stdout that is no terminal" },
  json: { value: null, help: "with --once: print it as one JSON object" },
  "agent-only": { value: null, help: "run only the agent; its first line is the address it serves" },
  listen: { value: "HOST:PORT", help: "with --agent-only: loopback address to serve; port 0 takes a free one" },
  help: { value: null, help: "print this text" },
} as const satisfies Record<string, { value: string | null; help: string }>;

type FlagName = keyof typeof FLAGS;

const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];
const ANY_PORT = "127.0.0.1:0";

/** Reads a command line, without the program's own name. Never throws. */
export function parseCommand(args: readonly string[]): Command {
  try {
    return readCommand(readFlags(args));
  } catch (error) {
    return { kind: "usage", message: error instanceof Error ? error.message : String(error) };
  }
}

/** The text of --help. */
export function helpText(): string {
  const rows = FLAG_NAMES.map((name) => {
    const value = FLAGS[name].value;
    return `  ${`--${name}${value === null ? "" : ` ${value}`}`.padEnd(20)}${FLAGS[name].help}\n`;
  });
  return [
    "Usage: npm start [-- flags]\n\n",
    "Starts an agent on this machine and shows the machine through it, until q or Ctrl-C.\n\n",
    ...rows,
  ].join("");
}

function readFlags(args: readonly string[]): Map<FlagName, string> {
  const options = Object.fromEntries(
    FLAG_NAMES.map((name) => [name, { type: FLAGS[name].value === null ? "boolean" : "string" } as const]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<FlagName, string>();
  for (const token of tokens) {
    if (token.kind === "positional") throw new Error(`unexpected argument "${sanitise(token.value)}"`);
    if (token.kind !== "option") continue;
    const [name, value] = readFlag(token.name, token.rawName, token.value);
    if (given.has(name)) throw new Error(`--${name} is given twice`);
    given.set(name, value);
  }
  return given;
}

function readFlag(name: string, rawName: string, value: string | undefined): [FlagName, string] {
  const known = rawName === "-h" ? "help" : FLAG_NAMES.find((flag) => rawName === `--${flag}`);
  if (known === undefined) {
    const hint = nearest(name, FLAG_NAMES);
    throw new Error(`unknown flag ${sanitise(rawName)}${hint === null ? "" : `; did you mean --${hint}?`}`);
  }
  const wanted = FLAGS[known].value;
  if (wanted === null) {
    if (value !== undefined) throw new Error(`--${known} takes no value`);
    return [known, ""];
  }
  // "--listen --once" is a forgotten value, not an address named --once.
  if (value === undefined || value === "" || value.startsWith("--")) {
    throw new Error(`--${known} needs a value: --${known} ${wanted}`);
  }
  return [known, value];
}

function readCommand(given: ReadonlyMap<FlagName, string>): Command {
  if (given.has("help")) return { kind: "help" };
  if (given.has("agent-only")) {
    const other = (["once", "json"] as const).find((name) => given.has(name));
    if (other !== undefined) throw new Error(`--agent-only shows nothing, so --${other} cannot go with it`);
    return { kind: "agent", listen: given.get("listen") ?? ANY_PORT };
  }
  if (given.has("listen")) throw new Error("--listen needs --agent-only: the view starts its agent on a free port");
  if (given.has("once")) return { kind: "once", json: given.has("json") };
  if (given.has("json")) throw new Error("--json needs --once");
  return { kind: "live" };
}
