// SPDX-License-Identifier: Apache-2.0

import { parseArgs } from "node:util";
import { nearest } from "@hostscope/proto";
import { safeText } from "../safe-text.ts";

/** What a command was given: words, and flags that each have a value. */
export interface Given<F extends string> {
  readonly words: readonly string[];
  readonly flags: Readonly<Partial<Record<F, string>>>;
}

/** Reads the arguments of a command. Throws an Error that says what is wrong with them. */
export function readArguments<F extends string>(args: readonly string[], known: readonly F[]): Given<F> {
  const options = Object.fromEntries(known.map((name) => [name, { type: "string" } as const]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const words: string[] = [];
  const flags: Partial<Record<F, string>> = {};
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const name = known.find((flag) => token.rawName === `--${flag}`);
    if (name === undefined) {
      const hint = nearest(token.name, known);
      throw new Error(`unknown flag ${safeText(token.rawName, 80)}${hint === null ? "" : `; did you mean --${hint}?`}`);
    }
    if (token.value === undefined || token.value === "" || token.value.startsWith("--")) {
      throw new Error(`--${name} needs a value`);
    }
    flags[name] = token.value;
  }
  return { words, flags };
}

/** A time from now such as "90d", "12h" or "30m". Throws an Error for what is none. */
export function parseLifetime(text: string, now = Date.now()): Date {
  const [, digits = "", unit = ""] = /^([1-9][0-9]{0,5})([dhm])$/.exec(text) ?? [];
  const ms = Number(digits) * ({ d: 86_400_000, h: 3_600_000, m: 60_000 }[unit] ?? Number.NaN);
  const at = new Date(now + ms);
  if (!(ms > 0) || at.getUTCFullYear() > 9_999) {
    throw new Error(`"${safeText(text, 80)}" is not a time such as 90d, 12h or 30m`);
  }
  return at;
}

/** Runs a command's work: 0, or 64 with `usage` for a mistake in the arguments, or 1 for what cannot be done. */
export async function runWork(
  name: string,
  usage: string,
  args: readonly string[],
  work: () => unknown,
): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    await work();
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const text = safeText(error instanceof Error ? error.message : String(error));
    process.stderr.write(`hostscope-agent ${name}: ${text}\n${isUsage ? `\n${usage}` : ""}`);
    return isUsage ? 64 : 1;
  }
}

/** A mistake in the arguments that the usage explains. */
export class UsageError extends Error {}
