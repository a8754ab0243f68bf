// SPDX-License-Identifier: Apache-2.0

import type { Result } from "./rounds.ts";
import type { Bench, Ratio } from "./subject.ts";

/** The table of one bench, for the screen: fastest first, then the ratios with their goals. */
export function report(
  bench: Bench,
  results: readonly Result[],
  missing: readonly { name: string; reason: string }[],
): string {
  const lines = [
    `${bench.name}: ${bench.title}`,
    `  ${"".padEnd(28)}${["median", "min", "max"].map((h) => h.padStart(10)).join("")}  ${bench.unit}`,
  ];
  for (const result of [...results].sort((a, b) => a.median - b.median)) {
    const numbers = [result.median, result.min, result.max].map((n) => n.toFixed(n < 10 ? 3 : 1).padStart(10));
    lines.push(`  ${result.subject.padEnd(28)}${numbers.join("")}`);
  }
  for (const { name, reason } of missing) lines.push(`  ${name.padEnd(28)}not measured: ${reason}`);
  for (const ratio of bench.ratios) {
    const line = describe(ratio, results);
    if (line !== null) lines.push(`  ${line}`);
  }
  for (const { of, atMost } of bench.goals ?? []) {
    const value = results.find(({ subject }) => subject === of)?.median;
    if (value === undefined) continue;
    const verdict = value <= atMost ? "met" : "MISSED";
    lines.push(
      `  ${of} = ${value.toFixed(value < 10 ? 3 : 1)}  (goal: at most ${Number(atMost.toFixed(1))}: ${verdict})`,
    );
  }
  return lines.join("\n");
}

function describe({ of, to, goal }: Ratio, results: readonly Result[]): string | null {
  const find = (name: string) => results.find(({ subject }) => subject === name)?.median;
  const [numerator, denominator] = [find(of), find(to)];
  if (numerator === undefined || denominator === undefined) return null;
  const value = numerator / denominator;
  const text = `${of} / ${to} = ${value.toFixed(2)}`;
  if (goal === null) return text;
  const [words, met] =
    "atLeast" in goal
      ? [`at least ${goal.atLeast}`, value >= goal.atLeast]
      : [`at most ${goal.atMost}`, value <= goal.atMost];
  return `${text}  (goal: ${words}: ${met ? "met" : "MISSED"})`;
}
