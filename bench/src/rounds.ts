// SPDX-License-Identifier: Apache-2.0

import type { Bench, Subject } from "./subject.ts";

/** What came out for one subject of one bench: a row of the JSON. */
export interface Result {
  readonly bench: string;
  readonly subject: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly rounds: number;
}

const WARM_UP_ROUNDS = 3;

/** Middle value; of an even count, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("median of nothing");
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  return (lower + upper) / 2;
}

/**
 * Measures all subjects in turn, round after round, so that a machine that drifts drifts for all alike.
 * Each round starts with another subject; the first rounds are not counted.
 */
export async function measureRounds(bench: Bench, subjects: readonly Subject[]): Promise<Result[]> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  const warmUp = bench.warmUpRounds ?? WARM_UP_ROUNDS;
  for (let round = 0; round < warmUp + bench.rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const subject = subjects[(round + turn) % subjects.length] as Subject;
      const time = await subject.measure();
      if (round >= warmUp) times.get(subject.name)?.push(time);
    }
  }
  return [...times].map(([subject, values]) => ({
    bench: bench.name,
    subject,
    median: round(median(values)),
    min: round(Math.min(...values)),
    max: round(Math.max(...values)),
    unit: bench.unit,
    rounds: values.length,
  }));
}

const round = (value: number): number => Number(value.toPrecision(4));
