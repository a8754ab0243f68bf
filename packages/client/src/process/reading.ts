// SPDX-License-Identifier: Apache-2.0

import type { Sample } from "../gen/hostscope/v1/common_plain.ts";
import type { ConnectionKind } from "../gen/hostscope/v1/network_plain.ts";
import type { ProcessInfo } from "../gen/hostscope/v1/process_info_plain.ts";
import type { MemoryType } from "../gen/hostscope/v1/process_read_plain.ts";
import type { AttributeField } from "./attributes.ts";

/** One row and when it was read. */
export interface Reading {
  readonly row: ProcessInfo;
  readonly sample: Sample;
}

/** Arguments of the attributes that take some; one that is left out has psutil's default. */
export interface ReadArguments {
  /** Memory that memoryPercent is about. */
  readonly memtype?: MemoryType | undefined;
  /** Whether memoryMaps sums the regions of one path. */
  readonly grouped?: boolean | undefined;
  /** Sockets that connections lists. */
  readonly kind?: ConnectionKind | undefined;
  /** Seconds to measure cpuPercent over; "default" leaves that to the agent. */
  readonly cpuInterval?: number | "default" | undefined;
}

/** What an attribute is told, of those that take an argument; undefined for psutil's default. */
export function argumentOf(field: AttributeField, { memtype, grouped, kind }: ReadArguments) {
  switch (field) {
    case "memoryPercent":
      return memtype;
    case "memoryMaps":
      return grouped;
    case "connections":
      return kind;
    default:
      return undefined;
  }
}
