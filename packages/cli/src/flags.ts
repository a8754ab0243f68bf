// SPDX-License-Identifier: Apache-2.0

import { parseArgs } from "node:util";
import type { OpenOptions } from "@hostscope/client";
import { nearest } from "@hostscope/proto";
import { sanitise } from "./sanitise.ts";

/** What a command line asks for; `usage` is a mistake in it, in words for the person who typed it. */
export type Command =
  | { readonly kind: "live"; readonly from: Remote | null }
  | { readonly kind: "once"; readonly json: boolean; readonly from: Remote | null }
  | { readonly kind: "agent"; readonly args: readonly string[] }
  | { readonly kind: "help" }
  | { readonly kind: "usage"; readonly message: string };

/** A host with an agent that runs already, and what open() is to be told of it. */
export interface Remote {
  readonly target: string;
  readonly options: OpenOptions;
}

interface Flag {
  /** What its value is called; none for a flag that takes none. */
  readonly value?: string;
  readonly help: string;
}

// The one list of flags: parsing, help and the nearest-name hint are all made from it.
const FLAGS = {
  once: { help: "print one snapshot and stop; so does a stdout that is no terminal" },
  json: { help: "with --once: print it as one JSON object" },
  ca: { value: "FILE", help: "authority that the certificate of TARGET must be of" },
  cert: { value: "FILE", help: "our certificate; goes with --key" },
  key: { value: "FILE", help: "its private key" },
  "server-name": { value: "NAME", help: "what the certificate of TARGET must be for, if not its name there" },
  "token-file": { value: "FILE", help: "a bearer token, in place of a certificate or besides" },
  insecure: { help: "grpc://TARGET may be off this machine, in the clear" },
  "agent-only": { help: "run only the agent; other flags are its own: --agent-only --help lists them" },
  help: { help: "print this text" },
} as const satisfies Record<string, Flag>;

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
  const rows = FLAG_NAMES.map((name) => {
    const { value, help }: Flag = FLAGS[name];
    return `  ${`--${name}${value === undefined ? "" : ` ${value}`}`.padEnd(20)}${help}\n`;
  });
  return [
    "Usage: npm start [-- [TARGET] flags]\n\n",
    "Shows a host until q or Ctrl-C: the one of TARGET, such as https://db1.example:7443 or unix:/run/hostscope/agent.sock,\n",
    "or else this machine, through an agent of its own.\n\n",
    ...rows,
  ].join("");
}

/** What was given, by name; "" for flags without a value. */
type Given = ReadonlyMap<FlagName, string>;

function readFlags(args: readonly string[]): { given: Given; target: string | null } {
  const types = FLAG_NAMES.map((name) => [name, { type: takesValue(name) ? "string" : "boolean" } as const]);
  const options = Object.fromEntries(types);
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<FlagName, string>();
  let target: string | null = null;
  for (const token of tokens) {
    if (token.kind === "positional") {
      if (target !== null) throw new Error(`unexpected argument "${sanitise(token.value)}": there is a target already`);
      target = token.value;
    }
    if (token.kind !== "option") continue;
    const name = readFlag(token.name, token.rawName, token.value);
    if (given.has(name)) throw new Error(`--${name} is given twice`);
    given.set(name, token.value ?? "");
  }
  return { given, target };
}

const takesValue = (name: FlagName): boolean => "value" in FLAGS[name];

function readFlag(name: string, rawName: string, value: string | undefined): FlagName {
  const known = rawName === "-h" ? "help" : FLAG_NAMES.find((flag) => rawName === `--${flag}`);
  if (known === undefined) {
    const hint = nearest(name, FLAG_NAMES);
    const help = hint === null ? `; flags of the agent need ${AGENT_ONLY}` : `; did you mean --${hint}?`;
    throw new Error(`unknown flag ${sanitise(rawName)}${help}`);
  }
  if (!takesValue(known) && value !== undefined) throw new Error(`--${known} takes no value`);
  // Node takes the next word for a value even if it is a flag.
  if (takesValue(known) && /^(-|$)/.test(value ?? "")) throw new Error(`--${known} needs a value`);
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

function readCommand({ given, target }: ReturnType<typeof readFlags>): Command {
  if (given.has("help")) return { kind: "help" };
  const from = readRemote(given, target);
  if (given.has("once")) return { kind: "once", json: given.has("json"), from };
  if (given.has("json")) throw new Error("--json needs --once");
  return { kind: "live", from };
}

/** What may be read of a target is open()'s to judge, and its credentials, too. */
function readRemote(given: Given, target: string | null): Remote | null {
  const credentials = {
    ca: given.get("ca"),
    cert: given.get("cert"),
    key: given.get("key"),
    serverName: given.get("server-name"),
    tokenFile: given.get("token-file"),
  };
  const insecure = given.has("insecure");
  const hasCredentials = Object.values(credentials).some((value) => value !== undefined);
  if (target !== null) return { target, options: { insecure, credentials: hasCredentials ? credentials : undefined } };
  if (insecure || hasCredentials)
    throw new Error("credentials and --insecure need a TARGET, such as https://HOST:PORT");
  return null;
}
