// SPDX-License-Identifier: Apache-2.0
// The fields of psutil's named tuples, by the name of the tuple in psutil 5.6.2.

const CPU = ["user", "system", "idle"];
const MEMORY = ["rss", "vms", "shared", "text", "lib", "data", "dirty"];
const REGION = ["rss", "size", "pss", "shared_clean", "shared_dirty", "private_clean", "private_dirty"];
const DISK = ["read_count", "write_count", "read_bytes", "write_bytes", "read_time", "write_time"];
const REGION_USE = ["referenced", "anonymous", "swap"];

/** What Linux has. */
export const LINUX_FIELDS = {
  scputimes: [...CPU, "nice", "iowait", "irq", "softirq", "steal", "guest", "guest_nice"],
  scpustats: ["ctx_switches", "interrupts", "soft_interrupts", "syscalls"],
  scpufreq: ["current", "min", "max"],
  svmem: ["total", "available", "percent", "used", "free", "active", "inactive", "buffers", "cached", "shared", "slab"],
  sswap: ["total", "used", "free", "percent", "sin", "sout"],
  sdiskpart: ["device", "mountpoint", "fstype", "opts"],
  sdiskusage: ["total", "used", "free", "percent"],
  sdiskio: [...DISK, "read_merged_count", "write_merged_count", "busy_time"],
  snetio: ["bytes_sent", "bytes_recv", "packets_sent", "packets_recv", "errin", "errout", "dropin", "dropout"],
  sconn: ["fd", "family", "type", "laddr", "raddr", "status", "pid"],
  pconn: ["fd", "family", "type", "laddr", "raddr", "status"],
  addr: ["ip", "port"],
  snicaddr: ["family", "address", "netmask", "broadcast", "ptp"],
  snicstats: ["isup", "duplex", "speed", "mtu"],
  shwtemp: ["label", "current", "high", "critical"],
  sfan: ["label", "current"],
  sbattery: ["percent", "secsleft", "power_plugged"],
  suser: ["name", "terminal", "host", "started", "pid"],
  puids: ["real", "effective", "saved"],
  pgids: ["real", "effective", "saved"],
  pionice: ["ioclass", "value"],
  pio: ["read_count", "write_count", "read_bytes", "write_bytes", "read_chars", "write_chars"],
  pctxsw: ["voluntary", "involuntary"],
  pthread: ["id", "user_time", "system_time"],
  pcputimes: ["user", "system", "children_user", "children_system"],
  pmem: MEMORY,
  pfullmem: [...MEMORY, "uss", "pss", "swap"],
  pmmap_grouped: ["path", ...REGION, ...REGION_USE],
  pmmap_ext: ["addr", "perms", "path", ...REGION, ...REGION_USE],
  popenfile: ["path", "fd", "position", "mode", "flags"],
} as const;

export type TupleName = keyof typeof LINUX_FIELDS;

/** What only Windows has beside these. */
export const WINDOWS_FIELDS = {
  scputimes: ["interrupt", "dpc"],
  pio: ["other_count", "other_bytes"],
  pmem: [
    ...["num_page_faults", "peak_wset", "wset", "peak_paged_pool", "paged_pool", "peak_nonpaged_pool"],
    ...["nonpaged_pool", "pagefile", "peak_pagefile", "private"],
  ],
} as const;

/** What newer psutils added on Linux and hostscope has too. */
export const LATER_FIELDS: { readonly [T in TupleName]?: readonly string[] } = {
  snicstats: ["flags"], // 5.9.1
  pcputimes: ["iowait"], // 5.6.4
};

/** What newer psutils had on Linux for a while: hostscope leaves it out. */
export const LEFT_OUT_FIELDS: { readonly [T in TupleName]?: readonly string[] } = {
  sdiskpart: ["maxfile", "maxpath"], // 5.8 to 5.9; asking for them was slow on network file systems
};

/** A Python expression that gives one such tuple, or its class where a host may have none to show. */
export const LINUX_SAMPLES: { readonly [T in TupleName]: string } = {
  scputimes: "psutil.cpu_times()",
  scpustats: "psutil.cpu_stats()",
  scpufreq: "psutil._common.scpufreq",
  svmem: "psutil.virtual_memory()",
  sswap: "psutil.swap_memory()",
  sdiskpart: "psutil._common.sdiskpart",
  sdiskusage: "psutil.disk_usage('/')",
  sdiskio: "psutil._pslinux.sdiskio",
  snetio: "psutil._common.snetio",
  sconn: "psutil._common.sconn",
  pconn: "psutil._common.pconn",
  addr: "psutil._common.addr",
  snicaddr: "psutil._common.snicaddr",
  snicstats: "psutil._common.snicstats",
  shwtemp: "psutil._common.shwtemp",
  sfan: "psutil._common.sfan",
  sbattery: "psutil._common.sbattery",
  suser: "psutil._common.suser",
  puids: "psutil.Process().uids()",
  pgids: "psutil.Process().gids()",
  pionice: "psutil.Process().ionice()",
  pio: "psutil.Process().io_counters()",
  pctxsw: "psutil.Process().num_ctx_switches()",
  pthread: "psutil.Process().threads()[0]",
  pcputimes: "psutil.Process().cpu_times()",
  pmem: "psutil.Process().memory_info()",
  pfullmem: "psutil.Process().memory_full_info()",
  pmmap_grouped: "psutil.Process().memory_maps()[0]",
  pmmap_ext: "psutil.Process().memory_maps(grouped=False)[0]",
  popenfile: "psutil._pslinux.popenfile",
};
