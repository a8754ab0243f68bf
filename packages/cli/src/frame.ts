// SPDX-License-Identifier: Apache-2.0

import { FRESH, type Freshness } from "./freshness.ts";
import { headerLines } from "./header.ts";
import { type Line, renderLine, span } from "./line.ts";
import { sanitise } from "./sanitise.ts";
import type { Snapshot } from "./snapshot.ts";
import { processTable } from "./table.ts";

/** The window a frame is drawn for. */
export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
  /** Whether colour and other styles may be used. */
  readonly colour: boolean;
}

const LEAST_ROWS_FOR_HINT = 14;

/** One screenful: at most `rows` lines of at most `columns` columns. Old values are dim. */
export function renderFrame(snapshot: Snapshot, size: FrameSize, freshness: Freshness = FRESH): string[] {
  const footer = footerLine(size.rows, freshness);
  const header = headerLines(snapshot, size.columns, size.rows);
  const room = Math.max(0, size.rows - header.length - footer.length - 1);
  const table = processTable(snapshot.processes.slice(0, room), size.columns);
  const body = [...header, table.heading, ...table.rows].slice(0, Math.max(0, size.rows - footer.length));
  while (footer.length > 0 && body.length < size.rows - footer.length) body.push([]);
  const shown = freshness.isOld ? body.map(dimmed) : body;
  return [...shown, ...footer].slice(0, size.rows).map((line) => renderLine(line, size.columns, size.colour));
}

/** The whole snapshot as plain text, every process on a line of its own; cut at the right only if `columns` is finite. */
export function renderText(snapshot: Snapshot, columns: number): string {
  // Bars for nobody: a text that goes into a file gets the widths of a common window.
  const header = headerLines(snapshot, Math.min(columns, 100), Number.POSITIVE_INFINITY);
  const table = processTable(snapshot.processes, columns);
  return [...header, table.heading, ...table.rows].map((line) => `${renderLine(line, columns, false)}\n`).join("");
}

function footerLine(rows: number, { alarm, note }: Freshness): Line[] {
  if (alarm !== null) return rows > 1 ? [[span(sanitise(alarm), "red")]] : [];
  if (rows < LEAST_ROWS_FOR_HINT) return [];
  return [[span("q or Ctrl-C: stop", "dim"), ...(note === null ? [] : [span(`   ${sanitise(note)}`, "yellow")])]];
}

function dimmed(line: Line): Line {
  return line.map(({ text }) => span(text, "dim"));
}
