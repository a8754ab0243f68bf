// SPDX-License-Identifier: Apache-2.0

import { formatPercent } from "./format.ts";
import { type Line, type Span, type Style, span } from "./line.ts";
import type { Snapshot } from "./snapshot.ts";

const BRACKETS = 2;
const PERCENT = 7; // " 100.0%"

/** Columns that a bar takes beside its `width` of bars: brackets and the percentage. */
export const BAR_EXTRA = BRACKETS + PERCENT;

/** Colour of a share of use. */
export function levelStyle(percent: number): Style {
  if (percent >= 90) return "red";
  return percent >= 60 ? "yellow" : "green";
}

/** "[|||||     ]  50.0%": exactly width + BAR_EXTRA columns. Anything above 0 shows, only 100 % fills it. */
export function bar(percent: number | null, width: number): Line {
  const share = Math.min(100, Math.max(0, percent ?? 0)) / 100;
  const exact = share * width;
  const full = share > 0 && exact < 1 ? 1 : Math.floor(exact + 1e-9);
  const number = formatPercent(percent).padStart(PERCENT - 2);
  return [
    span("["),
    span("|".repeat(full), levelStyle(percent ?? 0)),
    span(`${" ".repeat(width - full)}] ${number}${percent === null ? " " : "%"}`),
  ];
}

const CELL_GAP = 2;
const SMALLEST_BAR = 6;
const LARGEST_BAR = 30;

/** The CPUs one by one in a grid of bars, or, where that takes more than `maxRows`, one digit each: tenths in use. */
export function cpuGrid(perCpu: Snapshot["cpu"]["perCpu"], columns: number, maxRows: number): Line[] {
  if (perCpu.length === 0 || maxRows < 1) return [];
  const label = Math.max(4, String(perCpu.at(-1)?.cpu).length + 1);
  const smallest = label + 1 + SMALLEST_BAR + BAR_EXTRA;
  const perRow = Math.max(1, Math.floor((columns + CELL_GAP) / (smallest + CELL_GAP)));
  const rows = Math.ceil(perCpu.length / perRow);
  if (rows > maxRows || smallest > columns) return cpuDigits(perCpu, columns, maxRows);
  // As many to a row as fill the rows evenly: 8 CPUs in 2 rows stand 4 and 4, not 5 and 3.
  const even = Math.ceil(perCpu.length / rows);
  const room = Math.floor((columns + CELL_GAP) / even) - CELL_GAP - label - 1 - BAR_EXTRA;
  const width = Math.min(LARGEST_BAR, room);
  return Array.from({ length: rows }, (_, row) =>
    perCpu
      .slice(row * even, (row + 1) * even)
      .flatMap(({ cpu, percent }, index): Span[] => [
        span(`${index === 0 ? "" : " ".repeat(CELL_GAP)}${String(cpu).padStart(label)} `, "dim"),
        ...bar(percent, width),
      ]),
  );
}

function cpuDigits(perCpu: Snapshot["cpu"]["perCpu"], columns: number, maxRows: number): Line[] {
  const indent = 5;
  const perRow = Math.max(1, columns - indent);
  const rows = Math.min(maxRows, Math.ceil(perCpu.length / perRow));
  return Array.from({ length: rows }, (_, row) => [
    span((row === 0 ? "each" : "").padEnd(indent), "dim"),
    ...perCpu
      .slice(row * perRow, (row + 1) * perRow)
      .map(({ percent }) => span(String(Math.min(9, Math.floor(percent / 10))), levelStyle(percent))),
  ]);
}
