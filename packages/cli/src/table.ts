// SPDX-License-Identifier: Apache-2.0

import { levelStyle } from "./bars.ts";
import { formatBytes, formatCpuTime, formatPercent, UNKNOWN } from "./format.ts";
import { type Line, span } from "./line.ts";
import { sanitise } from "./sanitise.ts";
import type { ProcessRow } from "./snapshot.ts";
import { cell, textWidth } from "./text-width.ts";

interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  readonly width: number;
  /** Narrow windows lose the columns with the highest number first; 0 stays. */
  readonly drop: number;
  readonly text: (row: ProcessRow) => string;
}

const COMMAND = "COMMAND";
const LEAST_COMMAND = 10;
/** Of a longer command line only the start is drawn; a process may have megabytes of arguments. */
const MOST_COMMAND = 4096;

/** Heading and rows of the process table, in the order given. Infinite columns: nothing is cut. */
export function processTable(rows: readonly ProcessRow[], columns: number): { heading: Line; rows: Line[] } {
  const shown = fitColumns(allColumns(rows, columns), columns);
  const heading = [...shown.map((column) => cell(column.title, column.width, column.align)), COMMAND].join(" ");
  const filled = columns === Number.POSITIVE_INFINITY ? heading : cell(heading, columns, "left");
  return { heading: [span(filled, "reverse")], rows: rows.map((row) => rowLine(row, shown, columns)) };
}

/** The command line as one text, or the name in brackets, as ps has it, where there is none. */
export function commandText(row: ProcessRow): string {
  const command = row.cmdline.join(" ");
  return command.trim() === "" ? `[${row.name ?? "?"}]` : command;
}

function rowLine(row: ProcessRow, shown: readonly Column[], columns: number): Line {
  const full = commandText(row);
  const command = columns === Number.POSITIVE_INFINITY ? full : full.slice(0, MOST_COMMAND);
  const cells = shown.map((column) => {
    const busy = column.title === "CPU%" && (row.cpuPercent ?? 0) >= 60;
    return span(
      `${cell(column.text(row), column.width, column.align)} `,
      busy ? levelStyle(row.cpuPercent ?? 0) : "plain",
    );
  });
  return [...cells, span(sanitise(command))];
}

function allColumns(rows: readonly ProcessRow[], columns: number): Column[] {
  const pidWidth = Math.max(5, ...rows.map((row) => String(row.pid).length));
  const userMost = columns === Number.POSITIVE_INFINITY ? 64 : columns < 100 ? 8 : 16;
  const userWidth = Math.min(userMost, Math.max(4, ...rows.map((row) => textWidth(userText(row)))));
  return [
    { title: "PID", align: "right", width: pidWidth, drop: 0, text: (row) => String(row.pid) },
    { title: "USER", align: "left", width: userWidth, drop: 3, text: userText },
    { title: "NI", align: "right", width: 3, drop: 5, text: (row) => String(row.nice ?? UNKNOWN) },
    { title: "RSS", align: "right", width: 6, drop: 1, text: (row) => formatBytes(row.rss) },
    { title: "CPU%", align: "right", width: 5, drop: 0, text: (row) => formatPercent(row.cpuPercent) },
    { title: "MEM%", align: "right", width: 5, drop: 4, text: (row) => formatPercent(row.memoryPercent) },
    { title: "TIME", align: "right", width: 8, drop: 2, text: (row) => formatCpuTime(row.cpuTime) },
    { title: "STATUS", align: "left", width: 8, drop: 6, text: (row) => sanitise(row.status ?? UNKNOWN) },
    { title: "THR", align: "right", width: 4, drop: 7, text: (row) => String(row.numThreads ?? UNKNOWN) },
  ];
}

function userText(row: ProcessRow): string {
  return row.username === null ? UNKNOWN : sanitise(row.username);
}

function fitColumns(all: readonly Column[], columns: number): Column[] {
  let kept = [...all];
  const width = () => kept.reduce((sum, column) => sum + column.width + 1, LEAST_COMMAND);
  while (width() > columns && kept.some((column) => column.drop > 0)) {
    const worst = Math.max(...kept.map((column) => column.drop));
    kept = kept.filter((column) => column.drop !== worst);
  }
  return kept;
}
