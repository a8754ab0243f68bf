// SPDX-License-Identifier: Apache-2.0

import type { CpuTimes } from "@hostscope/proto/gen/cpu";
import { System } from "@hostscope/proto/gen/system";
import type { Collector } from "./collector.ts";
import { counter, gauge } from "./family.ts";
import { SteadyCounters } from "./steady-counters.ts";

const { cpuTimes, cpuStats, cpuFreq, getloadavg } = System.method;

// As node_exporter has them: `user` and `nice` include the guests, which are told apart in a metric of their own.
const MODES: readonly [string, (times: CpuTimes) => number | undefined][] = [
  ["user", ({ user }) => user],
  ["nice", ({ nice }) => nice],
  ["system", ({ system }) => system],
  ["idle", ({ idle }) => idle],
  ["iowait", ({ iowait }) => iowait],
  ["irq", ({ irq }) => irq],
  ["softirq", ({ softirq }) => softirq],
  ["steal", ({ steal }) => steal],
  ["interrupt", ({ interrupt }) => interrupt],
  ["dpc", ({ dpc }) => dpc],
];

/** CPU time by CPU and mode. */
export function cpuCollector(): Collector {
  const steady = new SteadyCounters();
  return {
    name: "cpu",
    async collect(reader) {
      const { cpus } = await reader.unary(cpuTimes, { percpu: true });
      const seconds = counter("node_cpu_seconds_total", "Seconds each CPU spent in each mode.");
      const guest = counter("node_cpu_guest_seconds_total", "Seconds each CPU ran guests, part of its user and nice.");
      for (const times of cpus) {
        const cpu = String(times.cpu ?? 0);
        for (const [mode, read] of MODES) {
          const value = read(times);
          if (value !== undefined) seconds.add(steady.keep(`${cpu} ${mode}`, value), { cpu, mode });
        }
        guest.add(times.guest, { cpu, mode: "user" }).add(times.guestNice, { cpu, mode: "nice" });
      }
      return [seconds, guest];
    },
  };
}

/** Context switches and interrupts. */
export const statCollector: Collector = {
  name: "stat",
  async collect(reader) {
    const { cpuStats: stats } = await reader.unary(cpuStats, {});
    return [
      counter("node_context_switches_total", "Context switches of all tasks.").add(stats?.ctxSwitches),
      counter("node_intr_total", "Interrupts served.").add(stats?.interrupts),
      counter("hostscope_soft_interrupts_total", "Soft interrupts served.").add(stats?.softInterrupts),
      counter("hostscope_syscalls_total", "System calls of all tasks.").add(stats?.syscalls),
    ];
  },
};

const HERTZ_PER_MEGAHERTZ = 1e6;

/** Clock frequencies. */
export const cpufreqCollector: Collector = {
  name: "cpufreq",
  async collect(reader) {
    const { cpus } = await reader.unary(cpuFreq, { percpu: true });
    const now = gauge("node_cpu_scaling_frequency_hertz", "Clock frequency of each CPU now.");
    const min = gauge("node_cpu_scaling_frequency_min_hertz", "Lowest frequency the governor may choose.");
    const max = gauge("node_cpu_scaling_frequency_max_hertz", "Highest frequency the governor may choose.");
    const hertz = (megahertz: number | undefined) =>
      megahertz === undefined ? undefined : Math.round(megahertz * HERTZ_PER_MEGAHERTZ);
    for (const frequency of cpus) {
      const cpu = String(frequency.cpu ?? 0);
      now.add(hertz(frequency.current), { cpu });
      min.add(hertz(frequency.min), { cpu });
      max.add(hertz(frequency.max), { cpu });
    }
    return [now, min, max];
  },
};

/** Load averages. */
export const loadavgCollector: Collector = {
  name: "loadavg",
  async collect(reader) {
    const { loadavg } = await reader.unary(getloadavg, {});
    return [
      gauge("node_load1", "Load average over 1 minute.").add(loadavg?.load1),
      gauge("node_load5", "Load average over 5 minutes.").add(loadavg?.load5),
      gauge("node_load15", "Load average over 15 minutes.").add(loadavg?.load15),
    ];
  },
};
