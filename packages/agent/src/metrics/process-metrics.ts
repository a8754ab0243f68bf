// SPDX-License-Identifier: Apache-2.0

import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute, type ProcessInfo } from "@hostscope/proto/gen/process_info";
import { ProcessStatus } from "@hostscope/proto/gen/process_values";
import type { Collector } from "./collector.ts";
import { counter, gauge } from "./family.ts";
import { type GroupedProcess, type GroupRow, ProcessGroups } from "./process-groups.ts";

const ATTRIBUTES = [
  ProcessAttribute.NAME,
  ProcessAttribute.STATUS,
  ProcessAttribute.PPID,
  ProcessAttribute.CPU_TIMES,
  ProcessAttribute.MEMORY_INFO,
  ProcessAttribute.NUM_THREADS,
];

/** Processes of the host by state, and by name in a bounded number of groups; never by pid. */
export function processCollector(mostGroups?: number): Collector {
  const groups = new ProcessGroups(mostGroups);
  return {
    name: "processes",
    async collect(reader) {
      const processes: GroupedProcess[] = [];
      const states = new Map<string, number>();
      let kernelTold = false;
      for await (const chunk of reader.stream(Process.method.list, { attributes: ATTRIBUTES })) {
        for (const info of chunk.processes) {
          const state = stateName(info);
          states.set(state, (states.get(state) ?? 0) + 1);
          // Rows are ascending by pid, so that it comes before its children.
          kernelTold ||= info.ref?.pid === KTHREADD && info.name === "kthreadd";
          processes.push(grouped(info, kernelTold));
        }
      }
      const byState = gauge("hostscope_processes", "Processes by state.");
      for (const [state, count] of states) byState.add(count, { state });
      const threads = processes.reduce((sum, process) => sum + process.threads, 0);
      return [
        byState,
        gauge("node_processes_pids", "Processes.").add(processes.length),
        gauge("node_processes_threads", "Threads of all processes.").add(threads),
        ...groupFamilies(groups.update(processes)),
      ];
    },
  };
}

function groupFamilies(rows: readonly GroupRow[]) {
  const members = gauge("hostscope_process_group_processes", "Processes of this name.");
  const threads = gauge("hostscope_process_group_threads", "Threads of the processes of this name.");
  const memory = gauge(
    "hostscope_process_group_resident_memory_bytes",
    "Sum of their resident sets, shared pages and all.",
  );
  const cpu = counter("hostscope_process_group_cpu_seconds_total", "CPU time used, also by members that have ended.");
  for (const { group, ...values } of rows) {
    members.add(values.processes, { group });
    threads.add(values.threads, { group });
    memory.add(values.residentBytes, { group });
    // Sums of hundredths would be written with 15 digits of noise.
    cpu.add(Number(values.cpuSeconds.toFixed(3)), { group });
  }
  return [members, threads, memory, cpu];
}

// The mother of all kernel threads, whose own names change from minute to minute: kworker/0:1-events, kworker/0:1-mm, ...
const KTHREADD = 2n;
const KERNEL_THREADS = "kernel threads";

// Names are bounded by the kernel where they are short; those completed from a command line are not.
const MAX_NAME = 64;

function grouped(info: ProcessInfo, kernelTold: boolean): GroupedProcess {
  const { ref, ppid, cpuTimes, memoryInfo, numThreads = 0 } = info;
  const ofKernel = kernelTold && (ref?.pid === KTHREADD || ppid === KTHREADD);
  return {
    key: `${ref?.pid} ${ref?.start}`,
    name: ofKernel ? KERNEL_THREADS : groupName(info.name ?? ""),
    cpuSeconds: (cpuTimes?.user ?? 0) + (cpuTimes?.system ?? 0),
    residentBytes: Number(memoryInfo?.rss ?? 0n),
    threads: numThreads,
  };
}

function groupName(name: string): string {
  return name.length > MAX_NAME ? name.slice(0, MAX_NAME).toWellFormed() : name || "unnamed";
}

const STATES: ReadonlyMap<number, string> = new Map(
  Object.entries(ProcessStatus).map(([name, status]) => [status, name.toLowerCase().replaceAll("_", "-")]),
);

function stateName({ status = ProcessStatus.UNSPECIFIED }: ProcessInfo): string {
  return status === ProcessStatus.UNSPECIFIED ? "unknown" : (STATES.get(status) ?? "unknown");
}
