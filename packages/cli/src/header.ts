// SPDX-License-Identifier: Apache-2.0

import { BAR_EXTRA, bar, cpuGrid } from "./bars.ts";
import { formatBytes, formatClock, formatUptime, UNKNOWN } from "./format.ts";
import { type Line, type Span, span } from "./line.ts";
import { sanitise } from "./sanitise.ts";
import type { Snapshot } from "./snapshot.ts";
import { textWidth } from "./text-width.ts";

/** Host, uptime, load averages, number of processes and the time; what does not fit is left out from the right. */
export function titleLine(snapshot: Snapshot, columns: number): Line {
  const load = snapshot.loadavg?.map((value) => value.toFixed(2)).join(" ") ?? UNKNOWN;
  const spans: Span[] = [span(sanitise(snapshot.host), "bold")];
  let used = textWidth(sanitise(snapshot.host));
  for (const text of [
    `up ${snapshot.uptime === null ? UNKNOWN : formatUptime(snapshot.uptime)}`,
    `load ${load}`,
    `${snapshot.processes.length} processes`,
    formatClock(snapshot.time),
  ]) {
    used += text.length + 2;
    if (used > columns) break;
    spans.push(span(`  ${text}`));
  }
  return spans;
}

const LABEL = 5;
const GAP = 2;
const LARGEST_BAR = 50;
const SMALLEST_BAR = 5;

/** CPU, memory and swap of the whole host, one bar each. */
export function meterLines(snapshot: Snapshot, columns: number): Line[] {
  const { cpu, memory, swap } = snapshot;
  const cpus = `${cpu.perCpu.length} ${cpu.perCpu.length === 1 ? "CPU" : "CPUs"}`;
  const meters = [
    { label: "cpu", percent: cpu.percent, detail: cpus },
    {
      label: "mem",
      percent: memory?.percent ?? null,
      detail: memory === null ? UNKNOWN : share(memory.total - memory.available, memory.total),
    },
    {
      label: "swap",
      percent: swap?.percent ?? null,
      detail: swap === null ? UNKNOWN : share(swap.used, swap.total),
    },
  ];
  const detailWidth = GAP + Math.max(...meters.map(({ detail }) => detail.length));
  const room = columns - LABEL - BAR_EXTRA;
  const withDetail = room - detailWidth >= SMALLEST_BAR;
  const width = Math.max(1, Math.min(LARGEST_BAR, withDetail ? room - detailWidth : room));
  return meters.map(({ label, percent, detail }) => [
    span(label.padEnd(LABEL), "bold"),
    ...bar(percent, width),
    span(withDetail ? `${" ".repeat(GAP)}${detail}` : ""),
  ]);
}

const share = (used: number, total: number): string => `${formatBytes(used)} of ${formatBytes(total)}`;

/** Everything above the table. A low window gets the meters without the single CPUs, then the title alone. */
export function headerLines(snapshot: Snapshot, columns: number, rows: number): Line[] {
  const title = titleLine(snapshot, columns);
  if (rows < 8) return [title];
  const [cpu = [], ...others] = meterLines(snapshot, columns);
  if (rows < 14) return [title, cpu, ...others];
  return [title, [], cpu, ...cpuGrid(snapshot.cpu.perCpu, columns, Math.floor(rows / 4)), ...others, []];
}
