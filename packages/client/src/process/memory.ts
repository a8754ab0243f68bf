// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions, choice, flag } from "../call-options.ts";
import { MEMORY_TYPE_NUMBERS, type MemoryType } from "../gen/hostscope/v1/process_read_plain.ts";
import type { ProcessMemoryInfo, ProcessMemoryMap } from "../gen/hostscope/v1/process_values_plain.ts";
import { ProcessUsage } from "./usage.ts";
import type { ProcessMemoryFootprint, ProcessMemoryFullInfo, ProcessMemoryInfoEx } from "./values.ts";

/** What Process.memoryPercent takes. */
export interface MemoryPercentOptions extends CallOptions {
  /** Memory to compare with the host's physical memory. @default "rss" */
  readonly memtype?: Exclude<MemoryType, "unspecified"> | undefined;
}

/** What Process.memoryMaps takes. */
export interface MemoryMapsOptions extends CallOptions {
  /** Whether the regions of one path are summed. @default true */
  readonly grouped?: boolean | undefined;
}

/** psutil's getters of a process's memory. */
export abstract class ProcessMemory extends ProcessUsage {
  /** Memory in use, bytes. */
  memoryInfo(options?: CallOptions): Promise<ProcessMemoryInfo> {
    return this.read("memoryInfo", options);
  }

  /**
   * memoryInfo, and what would be freed if the process ended now (uss), its fair share (pss) and its swap, bytes. Slow.
   */
  memoryFullInfo(options?: CallOptions): Promise<ProcessMemoryFullInfo> {
    return this.read("memoryFullInfo", options);
  }

  /** uss, pss and swap of memoryFullInfo alone; psutil 8's name. Slow. */
  memoryFootprint(options?: CallOptions): Promise<ProcessMemoryFootprint> {
    return this.read("memoryFootprint", options);
  }

  /** memoryInfo, and kinds and peaks of resident memory, bytes; as in psutil 8. In psutil 5 it is memory_info(). */
  memoryInfoEx(options?: CallOptions): Promise<ProcessMemoryInfoEx> {
    return this.read("memoryInfoEx", options);
  }

  /** Share of the host's physical memory, percent. Slow for "uss", "pss" and "swap". */
  async memoryPercent(options?: MemoryPercentOptions): Promise<number> {
    checkOptions("Process.memoryPercent", options, ["memtype"]);
    const { memtype = "rss" } = options ?? {};
    choice("Process.memoryPercent", "memtype", memtype, MEMORY_TYPE_NUMBERS);
    // Asking for the default by name must not keep a read out of the batch.
    return this.readAttribute("memoryPercent", options, { memtype: memtype === "rss" ? undefined : memtype });
  }

  /**
   * Mapped memory regions, summed by path; with `grouped: false` each one, with its addresses and permissions. Slow.
   * Linux, Windows, FreeBSD.
   */
  async memoryMaps(options?: MemoryMapsOptions): Promise<ProcessMemoryMap[]> {
    checkOptions("Process.memoryMaps", options, ["grouped"]);
    const grouped = flag("Process.memoryMaps", "grouped", options?.grouped, true);
    return this.readAttribute("memoryMaps", options, { grouped: grouped ? undefined : false });
  }
}
