// SPDX-License-Identifier: Apache-2.0

import type { CallOptions } from "../call-options.ts";
import type {
  ProcessCpuTimes,
  ProcessCtxSwitches,
  ProcessIoCounters,
  ProcessIonice,
  ProcessPageFaults,
  ProcessThread,
} from "../gen/hostscope/v1/process_values_plain.ts";
import { ProcessIdentity } from "./identity.ts";

/** psutil's getters of what a process does to CPUs and storage. */
export abstract class ProcessUsage extends ProcessIdentity {
  /** CPU time used so far, seconds; counters. */
  cpuTimes(options?: CallOptions): Promise<ProcessCpuTimes> {
    return this.read("cpuTimes", options);
  }

  /** Number of the CPU it last ran on. Linux, FreeBSD. */
  cpuNum(options?: CallOptions): Promise<number> {
    return this.read("cpuNum", options);
  }

  /** Numbers of the CPUs it may run on, ascending. Linux, Windows, FreeBSD. */
  cpuAffinity(options?: CallOptions): Promise<number[]> {
    return this.read("cpuAffinity", options);
  }

  /** Number of threads. */
  numThreads(options?: CallOptions): Promise<number> {
    return this.read("numThreads", options);
  }

  /** Threads with their CPU times, by id. */
  threads(options?: CallOptions): Promise<ProcessThread[]> {
    return this.read("threads", options);
  }

  /** Context switches so far; counters. Linux: of the main thread only. */
  numCtxSwitches(options?: CallOptions): Promise<ProcessCtxSwitches> {
    return this.read("numCtxSwitches", options);
  }

  /** Page faults so far; counters. psutil 8 has it too. */
  pageFaults(options?: CallOptions): Promise<ProcessPageFaults> {
    return this.read("pageFaults", options);
  }

  /** Niceness -20 to 19, lower runs first; on Windows the priority class. */
  nice(options?: CallOptions): Promise<number> {
    return this.read("nice", options);
  }

  /** Input/output priority: class and value on Linux, level on Windows; see the IOPRIO_* constants. */
  ionice(options?: CallOptions): Promise<ProcessIonice> {
    return this.read("ionice", options);
  }

  /** Input and output so far; counters. */
  ioCounters(options?: CallOptions): Promise<ProcessIoCounters> {
    return this.read("ioCounters", options);
  }
}
