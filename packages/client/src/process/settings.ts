// SPDX-License-Identifier: Apache-2.0

import type { CallOptions } from "../call-options.ts";
import { checkOptions, flag } from "../call-options.ts";
import type {
  SetCpuAffinityResponse,
  SetIoniceResponse,
  SetNiceResponse,
  SetRlimitResponse,
} from "../gen/hostscope/v1/process_control_plain.ts";
import type { IoprioClass, IoprioLevel, ProcessIonice } from "../gen/hostscope/v1/process_values_plain.ts";
import { checkMutation, type MutationOptions } from "../mutation.ts";
import type { ProcessReads } from "./reads.ts";
import { type LimitedResource, readRlimit } from "./rlimit.ts";
import { setCpuAffinity, setIonice, setNice } from "./set-priority.ts";
import { type LimitPair, setRlimit } from "./set-rlimit.ts";
import { ProcessSignals } from "./signals.ts";

/** What the setters take that Linux has per thread. */
export interface SetThreadsOptions extends MutationOptions {
  /** Linux sets these for one thread: true for every thread of the process, false for its first alone, as psutil. @default false */
  readonly allThreads?: boolean | undefined;
}

/** What Process.ionice takes: a class on Linux, a level on Windows; the IOPRIO_* constants. */
export type IoPriority = Exclude<IoprioClass | IoprioLevel, "unspecified">;

/**
 * psutil's settings of a process: with a value they set it, without one they read it, as in psutil. To set one takes no
 * handle on Linux, so that the process is verified before and after: Aborted if it ended in between.
 */
export abstract class ProcessSettings extends ProcessSignals {
  readonly #reads: ProcessReads;

  constructor(reads: ProcessReads) {
    super(reads);
    this.#reads = reads;
  }

  /** Niceness -20 to 19, lower runs first; on Windows the priority class. */
  override nice(options?: CallOptions): Promise<number>;
  /** Sets it. */
  override nice(value: number, options?: SetThreadsOptions): Promise<SetNiceResponse>;
  override nice(value?: number | CallOptions, options?: SetThreadsOptions): Promise<number | SetNiceResponse> {
    if (value === undefined || isOptions(value)) {
      return super.nice(value);
    }
    return this.#set("nice", options, (allThreads) => setNice(this.#reads, value, allThreads, options));
  }

  /** Input/output priority: class and value on Linux, level on Windows; see the IOPRIO_* constants. */
  override ionice(options?: CallOptions): Promise<ProcessIonice>;
  /** Sets it. `value` from 0, which comes first, to 7 is for the classes RT and BE alone. */
  override ionice(priority: IoPriority, value?: number, options?: SetThreadsOptions): Promise<SetIoniceResponse>;
  override ionice(
    priority?: IoPriority | CallOptions,
    value?: number,
    options?: SetThreadsOptions,
  ): Promise<ProcessIonice | SetIoniceResponse> {
    if (priority === undefined || isOptions(priority)) {
      return super.ionice(priority);
    }
    return this.#set("ionice", options, (allThreads) => setIonice(this.#reads, priority, value, allThreads, options));
  }

  /** Numbers of the CPUs it may run on, ascending. Linux, Windows, FreeBSD. */
  override cpuAffinity(options?: CallOptions): Promise<number[]>;
  /** Sets them; none means all that it is eligible for. Gives those that the system took. */
  override cpuAffinity(cpus: readonly number[], options?: SetThreadsOptions): Promise<SetCpuAffinityResponse>;
  override cpuAffinity(
    cpus?: readonly number[] | CallOptions,
    options?: SetThreadsOptions,
  ): Promise<number[] | SetCpuAffinityResponse> {
    if (cpus === undefined || isOptions(cpus)) {
      return super.cpuAffinity(cpus);
    }
    return this.#set("cpuAffinity", options, (allThreads) => setCpuAffinity(this.#reads, cpus, allThreads, options));
  }

  /** Soft and hard limit of a resource, one of the RLIMIT_* constants; RLIM_INFINITY where there is none. Linux. */
  async rlimit(resource: LimitedResource, options?: CallOptions): Promise<[soft: bigint, hard: bigint]>;
  /** Sets them: `rlimit(RLIMIT_NOFILE, [1024, RLIM_INFINITY])`. */
  async rlimit(resource: LimitedResource, limits: LimitPair, options?: MutationOptions): Promise<SetRlimitResponse>;
  async rlimit(
    resource: LimitedResource,
    limits?: LimitPair | CallOptions,
    options?: MutationOptions,
  ): Promise<[soft: bigint, hard: bigint] | SetRlimitResponse> {
    if (limits === undefined || isOptions(limits)) {
      checkOptions("Process.rlimit", limits);
      return readRlimit(this.#reads, resource, limits);
    }
    checkMutation("Process.rlimit", options);
    return setRlimit(this.#reads, resource, limits, options);
  }

  async #set<T>(
    name: string,
    options: SetThreadsOptions | undefined,
    set: (allThreads: boolean) => Promise<T>,
  ): Promise<T> {
    checkMutation(`Process.${name}`, options, ["allThreads"]);
    return set(flag(`Process.${name}`, "allThreads", options?.allThreads));
  }
}

/** Tells a getter's options from a setter's value; what is neither is for the setter to refuse. */
function isOptions(value: unknown): value is CallOptions {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
