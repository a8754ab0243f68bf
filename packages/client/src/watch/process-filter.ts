// SPDX-License-Identifier: Apache-2.0

import type { MessageInitShape } from "@bufbuild/protobuf";
import { didYouMean } from "@hostscope/proto";
import type {
  Comparison as ComparisonNumber,
  ProcessConditionSchema,
  ProcessConditionsSchema,
  ProcessKey as ProcessKeyNumber,
} from "@hostscope/proto/gen/process_watch";
import { describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import { COMPARISON_NUMBERS, type Comparison, PROCESS_KEY_NUMBERS } from "../gen/hostscope/v1/process_watch_plain.ts";
import { camelCase } from "../wire/camel-case.ts";

/** Keys that are texts. */
export type ProcessTextKey = "name" | "exe" | "cmdline" | "username" | "status";
/** Keys that are numbers; cpuTime is user and system time together. */
export type ProcessNumberKey =
  | "pid"
  | "ppid"
  | "createTime"
  | "cpuPercent"
  | "cpuTime"
  | "rss"
  | "vms"
  | "numThreads"
  | "numFds"
  | "nice";
/** What rows can be chosen and ordered by. */
export type ProcessKey = ProcessTextKey | ProcessNumberKey;

type Ordering = Exclude<Comparison, "unspecified" | "prefix" | "suffix" | "contains">;

/** A value to equal, or comparisons that must all hold, e.g. `{ ge: 10, lt: 20 }`. */
export type NumberCondition = number | { readonly [C in Ordering]?: number };
/** A text to equal, or comparisons that must all hold, e.g. `{ prefix: "node", ne: "node-red" }`. */
export type TextCondition = string | { readonly [C in Exclude<Comparison, "unspecified">]?: string };

/** Conditions that must all hold, by key: `{ username: "www", rss: { gt: 1e8 } }`. */
export type ProcessWhere = { readonly [K in ProcessNumberKey]?: NumberCondition } & {
  readonly [K in ProcessTextKey]?: TextCondition;
};

const TEXT_KEYS: ReadonlySet<string> = new Set(["name", "exe", "cmdline", "username", "status"]);
const KEYS = new Map([...PROCESS_KEY_NUMBERS].map(([name, number]) => [camelCase(name), number]));

/** Whether a key is a number; of these the greatest come first. */
export function isNumberKey(key: ProcessKey): key is ProcessNumberKey {
  return !TEXT_KEYS.has(key);
}

/** Number of a key in requests. Throws InvalidArgument for one that does not exist. */
export function keyNumber(call: string, what: string, key: unknown): ProcessKeyNumber {
  const number = typeof key === "string" ? KEYS.get(key) : undefined;
  if (number === undefined) {
    const hint = typeof key === "string" ? didYouMean(key, [...KEYS.keys()]) : "";
    throw new InvalidArgument(`${call}: ${what} has no key ${describe(key)}${hint}`);
  }
  return number as ProcessKeyNumber;
}

/** A filter as requests carry it: one of the sets must hold. */
export function wireConditions(
  call: string,
  where: ProcessWhere | readonly ProcessWhere[] | undefined,
): MessageInitShape<typeof ProcessConditionsSchema>[] {
  if (where === undefined) return [];
  const sets: readonly ProcessWhere[] = Array.isArray(where) ? where : [where as ProcessWhere];
  if (sets.length === 0) throw new InvalidArgument(`${call}: where must not be an empty list`);
  return sets.map((set) => {
    if (typeof set !== "object" || set === null) {
      throw new InvalidArgument(`${call}: where takes conditions by key, not ${describe(set)}`);
    }
    const allOf = Object.entries(set)
      .filter(([, condition]) => condition !== undefined)
      .flatMap(([key, condition]) => wireCondition(call, key, condition));
    if (allOf.length === 0) throw new InvalidArgument(`${call}: where must name one key at least`);
    return { allOf };
  });
}

function wireCondition(
  call: string,
  key: string,
  condition: NumberCondition | TextCondition,
): MessageInitShape<typeof ProcessConditionSchema>[] {
  const number = keyNumber(call, "where", key);
  const comparisons = typeof condition === "object" && condition !== null ? condition : { eq: condition };
  return Object.entries(comparisons).map(([comparison, operand]: [string, unknown]) => {
    const how = COMPARISON_NUMBERS.get(comparison);
    if (how === undefined) {
      const hint = didYouMean(comparison, [...COMPARISON_NUMBERS.keys()]);
      throw new InvalidArgument(`${call}: there is no comparison ${describe(comparison)}${hint}`);
    }
    const type = TEXT_KEYS.has(key) ? "string" : "number";
    if (typeof operand !== type || Number.isNaN(operand)) {
      throw new InvalidArgument(`${call}: ${key} is compared with a ${type}, not ${describe(operand)}`);
    }
    const value = type === "string" ? { text: operand as string } : { number: operand as number };
    return { key: number, comparison: how as ComparisonNumber, ...value };
  });
}
