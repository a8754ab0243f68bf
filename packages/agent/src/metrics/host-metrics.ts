// SPDX-License-Identifier: Apache-2.0

import { Platform } from "@hostscope/proto/gen/host";
import type { PressureTime } from "@hostscope/proto/gen/limits";
import { System } from "@hostscope/proto/gen/system";
import type { Collector } from "./collector.ts";
import { counter, Family, gauge } from "./family.ts";

const { hostInfo, pressure, limits } = System.method;

const SYSTEM_NAMES: ReadonlyMap<Platform, string> = new Map([
  [Platform.LINUX, "Linux"],
  [Platform.WINDOWS, "Windows"],
  [Platform.MACOS, "Darwin"],
  [Platform.FREEBSD, "FreeBSD"],
  [Platform.NETBSD, "NetBSD"],
  [Platform.OPENBSD, "OpenBSD"],
  [Platform.SUNOS, "SunOS"],
  [Platform.AIX, "AIX"],
]);

/** Which system this is, its boot and its clock. */
export const unameCollector: Collector = {
  name: "uname",
  async collect(reader) {
    const { sample, hostInfo: host } = await reader.unary(hostInfo, {});
    const uname = new Family("info", "node_uname_info", "The system, as uname(2) tells it.");
    const os = new Family("info", "node_os_info", "The operating system's name and version.");
    if (host !== undefined) {
      const sysname = SYSTEM_NAMES.get(host.platform);
      uname.add(1, { sysname, nodename: host.hostname, release: host.kernel, machine: host.machine });
      if (host.os !== undefined) os.add(1, { pretty_name: host.os, version_id: host.osVersion });
    }
    return [
      uname,
      os,
      gauge("node_boot_time_seconds", "When the host booted, seconds since the epoch.").add(host?.bootTime),
      gauge("node_time_seconds", "The host's wall clock, seconds since the epoch.").add(sample?.time),
    ];
  },
};

/** Time in which work waited for CPU, memory or disks. */
export const pressureCollector: Collector = {
  name: "pressure",
  async collect(reader) {
    const { host } = await reader.unary(pressure, {});
    const time = (name: string, help: string, line: PressureTime | undefined) =>
      counter(`node_pressure_${name}_seconds_total`, help).add(line?.total);
    return [
      time("cpu_waiting", "Time in which some work waited for a CPU.", host?.cpu?.some),
      time("memory_waiting", "Time in which some work waited for memory.", host?.memory?.some),
      time("memory_stalled", "Time in which all work waited for memory.", host?.memory?.full),
      time("io_waiting", "Time in which some work waited for input or output.", host?.io?.some),
      time("io_stalled", "Time in which all work waited for input or output.", host?.io?.full),
      time("irq_stalled", "Time in which all work waited for interrupts.", host?.irq?.full),
    ];
  },
};

/** What can really be used here: the least of the host's resources and the agent's control group. */
export const limitsCollector: Collector = {
  name: "limits",
  async collect(reader) {
    const { effectiveCpus, effectiveMemory, cgroup } = await reader.unary(limits, {});
    return [
      gauge("hostscope_effective_cpus", "CPUs that the agent's control group can use at once.").add(effectiveCpus),
      gauge("hostscope_effective_memory_bytes", "Memory that the agent's control group can use.").add(effectiveMemory),
      gauge("hostscope_cgroup_memory_bytes", "Memory that the agent's control group uses.").add(cgroup?.memoryCurrent),
      counter(
        "hostscope_cgroup_throttled_seconds_total",
        "Time for which a CPU quota stopped the agent's control group.",
      ).add(cgroup?.throttling?.throttledTime),
    ];
  },
};
