// SPDX-License-Identifier: Apache-2.0

import { didYouMean } from "@hostscope/proto";
import type { ProcessAttributeName, ProcessValues } from "./attributes.ts";
import { type CallOptions, checkOptions, describe } from "./call-options.ts";
import { InvalidArgument } from "./errors.ts";
import { MEMORY_TYPE_NUMBERS, type MemoryType } from "./gen/hostscope/v1/process_read_plain.ts";
import type {
  ProcessCpuTimes,
  ProcessCtxSwitches,
  ProcessIds,
  ProcessIoCounters,
  ProcessMemoryInfo,
  ProcessStatus,
} from "./gen/hostscope/v1/process_values_plain.ts";
import type { ReadArguments } from "./process-reads.ts";

/** What Process.memoryPercent takes. */
export interface MemoryPercentOptions extends CallOptions {
  /** Memory to compare with the host's physical memory. @default "rss" */
  readonly memtype?: Exclude<MemoryType, "unspecified"> | undefined;
}

/**
 * psutil's getters of one process. Each fails with NoSuchProcess once the process has ended, AccessDenied where the
 * host's operating system refuses, ZombieProcess for what a zombie no longer has, Unsupported for what the platform does
 * not know, and with the errors of every call (HostUnreachable, DeadlineExceeded, ...).
 */
export abstract class ProcessGetters {
  /** Reads one attribute. The options are checked; an implementation must ask for it in the caller's tick. */
  protected abstract readAttribute<A extends ProcessAttributeName>(
    attribute: A,
    options: CallOptions | undefined,
    args: ReadArguments,
  ): Promise<ProcessValues[A]>;

  /** Pid of the parent; 0 if none is visible. Changes when the parent ends (not on Windows). */
  ppid(options?: CallOptions): Promise<number> {
    return this.#read("ppid", options);
  }

  /** Program name. Linux: completed from the command line if the kernel cut it at 15 bytes. */
  name(options?: CallOptions): Promise<string> {
    return this.#read("name", options);
  }

  /** Absolute path of the executable; "" for kernel threads. */
  exe(options?: CallOptions): Promise<string> {
    return this.#read("exe", options);
  }

  /** Arguments, program first; empty for kernel threads. */
  cmdline(options?: CallOptions): Promise<string[]> {
    return this.#read("cmdline", options);
  }

  /** Start, seconds since the epoch. Shifts when the host's clock is set; `ref` is what identifies a process. */
  createTime(options?: CallOptions): Promise<number> {
    return this.#read("createTime", options);
  }

  /** Scheduler state, one of the STATUS_* constants. */
  status(options?: CallOptions): Promise<ProcessStatus> {
    return this.#read("status", options);
  }

  /** Name of the real user; the number as text if it has no name. Windows: DOMAIN\user. */
  username(options?: CallOptions): Promise<string> {
    return this.#read("username", options);
  }

  /** Real, effective and saved user ids. Not on Windows. */
  uids(options?: CallOptions): Promise<ProcessIds> {
    return this.#read("uids", options);
  }

  /** Real, effective and saved group ids. Not on Windows. */
  gids(options?: CallOptions): Promise<ProcessIds> {
    return this.#read("gids", options);
  }

  /** Controlling terminal, e.g. "/dev/pts/3"; null without one. Not on Windows. */
  terminal(options?: CallOptions): Promise<string | null> {
    return this.#read("terminal", options);
  }

  /** CPU time used so far, seconds; counters. */
  cpuTimes(options?: CallOptions): Promise<ProcessCpuTimes> {
    return this.#read("cpuTimes", options);
  }

  /** Number of the CPU it last ran on. Linux, FreeBSD. */
  cpuNum(options?: CallOptions): Promise<number> {
    return this.#read("cpuNum", options);
  }

  /** Memory in use, bytes. */
  memoryInfo(options?: CallOptions): Promise<ProcessMemoryInfo> {
    return this.#read("memoryInfo", options);
  }

  /** Share of the host's physical memory, percent. */
  memoryPercent(options?: MemoryPercentOptions): Promise<number> {
    return this.#read("memoryPercent", options, ["memtype"]);
  }

  /** Number of threads. */
  numThreads(options?: CallOptions): Promise<number> {
    return this.#read("numThreads", options);
  }

  /** Context switches so far; counters. Linux: of the main thread only. */
  numCtxSwitches(options?: CallOptions): Promise<ProcessCtxSwitches> {
    return this.#read("numCtxSwitches", options);
  }

  /** Niceness -20 to 19, lower runs first; on Windows the priority class. */
  nice(options?: CallOptions): Promise<number> {
    return this.#read("nice", options);
  }

  /** Input and output so far; counters. */
  ioCounters(options?: CallOptions): Promise<ProcessIoCounters> {
    return this.#read("ioCounters", options);
  }

  async #read<A extends ProcessAttributeName>(
    attribute: A,
    options: MemoryPercentOptions | undefined,
    own: readonly string[] = [],
  ): Promise<ProcessValues[A]> {
    checkOptions(`Process.${attribute}`, options, own);
    return this.readAttribute(attribute, options, { memtype: checkMemtype(options?.memtype) });
  }
}

function checkMemtype(memtype: MemoryType | undefined): MemoryType | undefined {
  if (memtype !== undefined && !MEMORY_TYPE_NUMBERS.has(memtype)) {
    const hint = didYouMean(String(memtype), [...MEMORY_TYPE_NUMBERS.keys()]);
    throw new InvalidArgument(`Process.memoryPercent: there is no memtype ${describe(memtype)}${hint}`);
  }
  // Asking for the default by name must not keep a read out of the batch.
  return memtype === "rss" ? undefined : memtype;
}
