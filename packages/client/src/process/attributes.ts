// SPDX-License-Identifier: Apache-2.0

import { nearest } from "@hostscope/proto";
import type { ProcessAttribute as AttributeNumber } from "@hostscope/proto/gen/process_info";
import { describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import {
  PROCESS_ATTRIBUTE_NUMBERS,
  type ProcessAttribute,
  type ProcessInfo,
} from "../gen/hostscope/v1/process_info_plain.ts";
import { camelCase } from "../wire/camel-case.ts";

/** Fields of a row that are attributes. */
export type AttributeField = Exclude<keyof ProcessInfo, "ref" | "failures" | "sampledAfterUs">;

/** Names that psutil gave later, and the field that each is read from. */
const LATER_NAMES = {
  netConnections: "connections",
  memoryFootprint: "memoryFullInfo",
} as const satisfies Readonly<Record<string, AttributeField>>;

/** Names of process attributes: psutil's as_dict() names in camelCase, those it gave later too, and `cgroup`. */
export type ProcessAttributeName = AttributeField | keyof typeof LATER_NAMES;

/** Field that an attribute is read from. */
export type FieldOf<A extends ProcessAttributeName> = A extends keyof typeof LATER_NAMES ? (typeof LATER_NAMES)[A] : A;

/**
 * What asDict() asks for unless told otherwise: all that psutil's as_dict() gives, on any platform, and what psutil 8
 * added to it. What the host's platform does not have is left out of the answer.
 */
export const DEFAULT_ATTRIBUTES = [
  "pid",
  "ppid",
  "name",
  "exe",
  "cmdline",
  "environ",
  "cwd",
  "createTime",
  "status",
  "username",
  "uids",
  "gids",
  "terminal",
  "cpuTimes",
  "cpuPercent",
  "cpuNum",
  "cpuAffinity",
  "memoryInfo",
  "memoryInfoEx",
  "memoryFullInfo",
  "memoryPercent",
  "memoryMaps",
  "pageFaults",
  "numThreads",
  "threads",
  "numCtxSwitches",
  "nice",
  "ionice",
  "ioCounters",
  "numFds",
  "numHandles",
  "openFiles",
  "connections",
] as const satisfies readonly ProcessAttributeName[];

/** Attributes that asDict() gives unless told otherwise. */
export type DefaultAttributeName = (typeof DEFAULT_ATTRIBUTES)[number];

/** What a list of attribute names asks for; an empty one asks for all of DEFAULT_ATTRIBUTES, as in psutil. */
export type Asked<A extends ProcessAttributeName> = [A] extends [never] ? DefaultAttributeName : A;

/** Attributes to read. */
export interface AskedAttributes<A extends ProcessAttributeName = ProcessAttributeName> {
  /** Their names, each once. */
  readonly names: readonly A[];
  /** Whether the caller named them; else they are DEFAULT_ATTRIBUTES. */
  readonly byName: boolean;
}

const WIRE_NAMES = new Map<string, string>(
  [...PROCESS_ATTRIBUTE_NUMBERS.keys()].map((name) => [camelCase(name), name]),
);
for (const [name, field] of Object.entries(LATER_NAMES)) {
  WIRE_NAMES.set(name, WIRE_NAMES.get(field) as string);
}
const NAMES = [...WIRE_NAMES.keys()];

/**
 * Checks a list of attribute names and drops duplicates; none, or an empty list, is DEFAULT_ATTRIBUTES. Throws
 * InvalidArgument that names the attribute and the nearest one that exists.
 */
export function askedAttributes<A extends ProcessAttributeName>(
  call: string,
  attrs: readonly A[] | undefined,
): AskedAttributes<Asked<A>> {
  if (attrs !== undefined && !Array.isArray(attrs)) {
    throw new InvalidArgument(`${call}: attrs must be a list of attribute names, not ${describe(attrs)}`);
  }
  for (const name of attrs ?? []) {
    if (!WIRE_NAMES.has(name)) {
      throw new InvalidArgument(`${call}: there is no attribute ${describe(name)}${suggestion(name)}`);
    }
  }
  const byName = attrs !== undefined && attrs.length > 0;
  const names: readonly ProcessAttributeName[] = byName ? [...new Set(attrs)] : DEFAULT_ATTRIBUTES;
  return { names: names as readonly Asked<A>[], byName };
}

/** Field that an attribute is read from. */
export function fieldOf<A extends ProcessAttributeName>(name: A): FieldOf<A> {
  return ((LATER_NAMES as Readonly<Record<string, AttributeField>>)[name] ?? name) as FieldOf<A>;
}

/** Number of an attribute in requests. */
export function attributeNumber(name: ProcessAttributeName): AttributeNumber {
  return PROCESS_ATTRIBUTE_NUMBERS.get(wireName(name)) as AttributeNumber;
}

/** Attributes by their names on the wire, without those that this version does not know. */
export function attributesOfWire(wireNames: readonly ProcessAttribute[]): AttributeField[] {
  return wireNames.filter((name) => name !== "unspecified").map((name) => camelCase(name) as AttributeField);
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
  const best = WIRE_NAMES.has(camelCase(name)) ? camelCase(name) : nearest(name, NAMES);
  return best === null ? "" : `; did you mean "${best}"?`;
}
