// SPDX-License-Identifier: Apache-2.0

/** Something that can be measured again and again. Started once, measured in every round, stopped at the end. */
export interface Subject {
  /** Name in the table and in the JSON, e.g. "hostscope-grpc" or "psutil". */
  readonly name: string;
  /** One measurement, in the bench's unit. */
  measure(): Promise<number>;
  /** Ends everything the subject started. */
  stop(): Promise<void>;
}

/** One comparison: several subjects doing the same work, side by side in one run. */
export interface Bench {
  /** Name for `--only` and the JSON. */
  readonly name: string;
  /** What is measured, for the person at the screen. */
  readonly title: string;
  readonly unit: "ms" | "us" | "MiB" | "KiB" | "wake-ups/s" | "% of a CPU";
  /** Rounds that come first and do not count. @default 3 */
  readonly warmUpRounds?: number;
  /** Counted rounds. */
  readonly rounds: number;
  /** Ratios to show: how many times `slower` takes what `faster` takes, and the goal if there is one. */
  readonly ratios: readonly Ratio[];
  /** What a subject's median itself is to be. @default none */
  readonly goals?: readonly Goal[];
  /** Starts the subjects. One that cannot run here is named in `missing` with the reason. */
  start(): Promise<{ subjects: Subject[]; missing: { name: string; reason: string }[]; stop(): Promise<void> }>;
}

/** A comparison of two subjects' medians. */
export interface Ratio {
  readonly of: string;
  readonly to: string;
  /** The goal: the ratio of/to is at least, or at most, this. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null;
}

/** A goal for the median of one subject, in the bench's unit. */
export interface Goal {
  readonly of: string;
  readonly atMost: number;
}
