// SPDX-License-Identifier: Apache-2.0

import type { DiskIoCounters } from "@hostscope/proto/gen/disk";
import { System } from "@hostscope/proto/gen/system";
import { type Collector, shownRows } from "./collector.ts";
import { counter, type Family } from "./family.ts";

const { diskIoCounters } = System.method;

const seconds = (ms: bigint | undefined) => (ms === undefined ? undefined : Number(ms) / 1000);

const METRICS: readonly [() => Family, (disk: DiskIoCounters) => number | bigint | undefined][] = [
  [() => counter("node_disk_reads_completed_total", "Reads completed."), (disk) => disk.readCount],
  [() => counter("node_disk_writes_completed_total", "Writes completed."), (disk) => disk.writeCount],
  [() => counter("node_disk_read_bytes_total", "Bytes read."), (disk) => disk.readBytes],
  [() => counter("node_disk_written_bytes_total", "Bytes written."), (disk) => disk.writeBytes],
  [() => counter("node_disk_read_time_seconds_total", "Time spent by all reads."), (disk) => seconds(disk.readTime)],
  [() => counter("node_disk_write_time_seconds_total", "Time spent by all writes."), (disk) => seconds(disk.writeTime)],
  [() => counter("node_disk_reads_merged_total", "Reads merged into others."), (disk) => disk.readMergedCount],
  [() => counter("node_disk_writes_merged_total", "Writes merged into others."), (disk) => disk.writeMergedCount],
  [
    () => counter("node_disk_io_time_seconds_total", "Time with a request in flight."),
    (disk) => seconds(disk.busyTime),
  ],
];

/** Input and output of whole disks; partitions are part of them, and RAM, loop and floppy disks are none to watch. */
export const diskstatsCollector: Collector = {
  name: "diskstats",
  async collect(reader) {
    // As the kernel counts: Prometheus undoes resets itself, for each of its readers.
    const { disks } = await reader.unary(diskIoCounters, { perdisk: true, nowrap: false });
    const names = new Set(disks.map(({ name }) => name ?? ""));
    const whole = disks.filter(({ name = "" }) => !/^(ram|loop|fd)\d+$/.test(name) && !isPartition(name, names));
    const shown = shownRows(whole, ({ name }) => name);
    return METRICS.map(([family, read]) => {
      const made = family();
      for (const disk of shown) made.add(read(disk), { device: disk.name });
      return made;
    });
  },
};

/** Whether a device is a part of another one in the list, by the kernel's rule: sda1 of sda, nvme0n1p2 of nvme0n1. */
export function isPartition(name: string, names: ReadonlySet<string>): boolean {
  const [whole = name] = name.split(/\d+$/, 1);
  if (whole === name || whole === "") return false;
  if (whole.endsWith("p") && /\d$/.test(whole.slice(0, -1)) && names.has(whole.slice(0, -1))) return true;
  return names.has(whole);
}
