// SPDX-License-Identifier: Apache-2.0

import { nearest } from "@hostscope/proto";
import type { ProcessAttribute as AttributeNumber } from "@hostscope/proto/gen/process_info";
import { describe } from "./call-options.ts";
import { InvalidArgument } from "./errors.ts";
import {
  PROCESS_ATTRIBUTE_NUMBERS,
  type ProcessAttribute,
  type ProcessInfo,
} from "./gen/hostscope/v1/process_info_plain.ts";

/** Names of process attributes: psutil's as_dict() names in camelCase. */
export type ProcessAttributeName = Exclude<keyof ProcessInfo, "ref" | "failures" | "sampledAfterUs">;

/**
 * Value of each attribute. Only those that may be missing by nature have null: a process without a terminal. That a
 * value could not be read is an error of the getter, and `adValue` in asDict() and processIter().
 */
export type ProcessValues = {
  [K in ProcessAttributeName]: K extends "terminal" ? ProcessInfo[K] : NonNullable<ProcessInfo[K]>;
};

/** Attributes that this version reads: what asDict() gives unless told otherwise. */
export const DEFAULT_ATTRIBUTES = [
  "pid",
  "ppid",
  "name",
  "exe",
  "cmdline",
  "createTime",
  "status",
  "username",
  "uids",
  "gids",
  "terminal",
  "cpuTimes",
  "cpuPercent",
  "cpuNum",
  "memoryInfo",
  "memoryPercent",
  "numThreads",
  "numCtxSwitches",
  "nice",
  "ioCounters",
] as const satisfies readonly ProcessAttributeName[];

/** Attributes that this version reads. */
export type DefaultAttributeName = (typeof DEFAULT_ATTRIBUTES)[number];

/** What a list of attribute names asks for; an empty one asks for all of DEFAULT_ATTRIBUTES, as in psutil. */
export type Asked<A extends ProcessAttributeName> = [A] extends [never] ? DefaultAttributeName : A;

/** A process's values by attribute; D is what stands for those that could not be read. The pid is always known. */
export type ProcessValuesOf<A extends ProcessAttributeName, D> = {
  [K in Asked<A>]: K extends "pid" ? number : ProcessValues[K] | D;
};

const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const NUMBERS = new Map([...PROCESS_ATTRIBUTE_NUMBERS].map(([name, number]) => [camelCase(name), number]));
const NAMES = [...NUMBERS.keys()];
const WIRE_NAMES = new Map([...PROCESS_ATTRIBUTE_NUMBERS.keys()].map((name) => [camelCase(name), name]));

/**
 * Checks a list of attribute names and drops duplicates; none, or an empty list, is DEFAULT_ATTRIBUTES. Throws
 * InvalidArgument that names the attribute and the nearest one that exists.
 */
export function askedAttributes<A extends ProcessAttributeName>(
  call: string,
  attrs: readonly A[] | undefined,
): readonly Asked<A>[] {
  if (attrs !== undefined && !Array.isArray(attrs)) {
    throw new InvalidArgument(`${call}: attrs must be a list of attribute names, not ${describe(attrs)}`);
  }
  for (const name of attrs ?? []) {
    if (!NUMBERS.has(name)) {
      throw new InvalidArgument(`${call}: there is no attribute ${describe(name)}${suggestion(name)}`);
    }
  }
  const asked: readonly ProcessAttributeName[] = attrs?.length ? [...new Set(attrs)] : DEFAULT_ATTRIBUTES;
  return asked as readonly Asked<A>[];
}

/** Number of an attribute in requests. */
export function attributeNumber(name: ProcessAttributeName): AttributeNumber {
  return NUMBERS.get(name) as AttributeNumber;
}

/** Name of an attribute in the failures of a row. */
export function wireName(name: ProcessAttributeName): ProcessAttribute {
  return WIRE_NAMES.get(name) as ProcessAttribute;
}

function suggestion(name: unknown): string {
  if (typeof name !== "string") {
    return "";
  }
  // psutil's own spelling is what a newcomer tries first.
  const best = NUMBERS.has(camelCase(name)) ? camelCase(name) : nearest(name, NAMES);
  return best === null ? "" : `; did you mean "${best}"?`;
}
