// SPDX-License-Identifier: Apache-2.0

import type { NetConnection } from "../gen/hostscope/v1/network_plain.ts";
import type { ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import type {
  ProcessMemoryInfo,
  ProcessMemoryFullInfo as WireMemoryFullInfo,
  ProcessMemoryInfoEx as WireMemoryInfoEx,
} from "../gen/hostscope/v1/process_values_plain.ts";
import { type DefaultAttributeName, type FieldOf, fieldOf, type ProcessAttributeName } from "./attributes.ts";

/** Memory a process would give back if it ended now, bytes; psutil 8's memory_footprint(). */
export type ProcessMemoryFootprint = Omit<WireMemoryFullInfo, "memoryInfo">;
/** memoryInfo and memoryFootprint in one, bytes; psutil's memory_full_info(). */
export type ProcessMemoryFullInfo = ProcessMemoryInfo & ProcessMemoryFootprint;
/** memoryInfo, and its kinds and peaks, bytes; psutil 8's memory_info_ex(). */
export type ProcessMemoryInfoEx = ProcessMemoryInfo & Omit<WireMemoryInfoEx, "memoryInfo">;

/** Values that are not what a row's field holds as it stands. */
interface ShapedValues {
  memoryFootprint: ProcessMemoryFootprint;
  memoryFullInfo: ProcessMemoryFullInfo;
  memoryInfoEx: ProcessMemoryInfoEx;
  netConnections: NetConnection[];
}

/** Attributes that a process may be without by nature. */
type MayBeNull = "terminal" | "cgroup";

/**
 * Value of each attribute. Only those that may be missing by nature have null: a process without a terminal. That a
 * value could not be read is an error of the getter, and `adValue` in asDict() and processIter().
 */
export type ProcessValues = {
  [K in ProcessAttributeName]: K extends keyof ShapedValues
    ? ShapedValues[K]
    : K extends MayBeNull
      ? ProcessInfo[FieldOf<K>]
      : NonNullable<ProcessInfo[FieldOf<K>]>;
};

/** Attributes that some platforms do not have, as psutil's documentation says of each. */
export type PlatformAttributeName =
  | "cpuAffinity"
  | "cpuNum"
  | "environ"
  | "gids"
  | "ioCounters"
  | "ionice"
  | "memoryInfoEx"
  | "memoryMaps"
  | "numFds"
  | "numHandles"
  | "pageFaults"
  | "terminal"
  | "uids";

type ValueOr<K extends ProcessAttributeName, D> = K extends "pid" ? number : ProcessValues[K] | D;

/**
 * A process's values by attribute; D is what stands for those that could not be read. The pid is always known. With no
 * attributes named (A is never) it is all that the platform has.
 */
export type ProcessValuesOf<A extends ProcessAttributeName, D> = [A] extends [never]
  ? { [K in Exclude<DefaultAttributeName, PlatformAttributeName>]: ValueOr<K, D> } & {
      [K in PlatformAttributeName]?: ValueOr<K, D>;
    }
  : { [K in A]: ValueOr<K, D> };

type Shape<K extends keyof ShapedValues> = (row: ProcessInfo) => ShapedValues[K] | null;

const SHAPES: { readonly [K in keyof ShapedValues]: Shape<K> } = {
  memoryFootprint: ({ memoryFullInfo: full }) =>
    full === null ? null : { uss: full.uss, pss: full.pss, swap: full.swap },
  memoryFullInfo: ({ memoryFullInfo: full }) => (full === null ? null : plainFullInfo(full)),
  memoryInfoEx: ({ memoryInfoEx: ex }) => (ex === null ? null : plainInfoEx(ex)),
  netConnections: ({ connections }) => connections,
};

/** What a row tells of an attribute; null, or empty, for what it does not have. */
export function rowValue<A extends ProcessAttributeName>(row: ProcessInfo, attribute: A): ProcessValues[A] | null {
  const value = isShaped(attribute) ? SHAPES[attribute](row) : row[fieldOf(attribute)];
  return value as ProcessValues[A] | null;
}

/** Whether a row's field is not the attribute's value as it stands. */
export function isShaped(attribute: ProcessAttributeName): attribute is keyof ShapedValues {
  return Object.hasOwn(SHAPES, attribute);
}

// psutil has the fields of memory_info() beside the others, not in a tuple of their own. Field by field: objects of which
// V8 knows the shape are made many times faster, and a list makes one for each process.
function plainFullInfo({ memoryInfo, uss, pss, swap }: WireMemoryFullInfo): ProcessMemoryFullInfo | null {
  return memoryInfo === null ? null : { ...memoryInfo, uss, pss, swap };
}

function plainInfoEx(ex: WireMemoryInfoEx): ProcessMemoryInfoEx | null {
  const { memoryInfo, peakRss, peakVms, rssAnon, rssFile, rssShmem, swap, hugetlb, virtual, peakVirtual } = ex;
  if (memoryInfo === null) {
    return null;
  }
  return { ...memoryInfo, peakRss, peakVms, rssAnon, rssFile, rssShmem, swap, hugetlb, virtual, peakVirtual };
}
