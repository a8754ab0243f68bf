// SPDX-License-Identifier: Apache-2.0

import type { Family, FamilyType } from "./family.ts";

/** The two formats that Prometheus and its kin read. */
export type Format = "openmetrics" | "text";

/** Content types by format. */
export const CONTENT_TYPES: Readonly<Record<Format, string>> = {
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
  text: "text/plain; version=0.0.4; charset=utf-8",
};

// Prometheus text knows no such types, and reads an info's series as the gauge it looks like.
const TEXT_TYPES: Readonly<Record<FamilyType, string>> = {
  counter: "counter",
  gauge: "gauge",
  info: "gauge",
  unknown: "untyped",
};

/**
 * Writes families in one of the formats; those without series are left out.
 * The formats differ in three things: what a counter's or info's family is called, how a help text is escaped, and the end.
 */
export function expose(families: Iterable<Family>, format: Format): string {
  const parts: string[] = [];
  for (const family of families) {
    if (family.series.size === 0) continue;
    const { name, type, help } = family;
    if (format === "openmetrics") {
      const familyName = name.slice(0, name.length - suffixLength(type));
      parts.push(`# TYPE ${familyName} ${type}\n# HELP ${familyName} ${escapeHelp(help, true)}\n`);
    } else {
      parts.push(`# HELP ${name} ${escapeHelp(help, false)}\n# TYPE ${name} ${TEXT_TYPES[type]}\n`);
    }
    for (const [labels, value] of family.series) parts.push(`${name}${labels} ${value}\n`);
  }
  if (format === "openmetrics") parts.push("# EOF\n");
  return parts.join("");
}

function suffixLength(type: FamilyType): number {
  switch (type) {
    case "counter":
      return "_total".length;
    case "info":
      return "_info".length;
    default:
      return 0;
  }
}

function escapeHelp(help: string, quotes: boolean): string {
  const escaped = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return quotes ? escaped.replaceAll('"', '\\"') : escaped;
}
