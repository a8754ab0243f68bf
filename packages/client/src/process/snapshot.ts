// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions } from "../call-options.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import type { ProcessCpuPercent } from "../gen/hostscope/v1/process_values_plain.ts";
import { type AttributeField, fieldOf, type ProcessAttributeName } from "./attributes.ts";
import { cpuMark, percentBetween } from "./cpu.ts";
import { ProcessGetters } from "./getters.ts";
import { argumentOf, type ReadArguments, type Reading } from "./reading.ts";
import type { ProcessReads } from "./reads.ts";
import { attributeValue } from "./row.ts";
import type { ProcessValues } from "./values.ts";

/** What a few world-readable files of the process tell; the rest costs a file or a permission of its own. */
const CHEAP: readonly AttributeField[] = [
  "pid",
  "ppid",
  "name",
  "status",
  "createTime",
  "terminal",
  "username",
  "uids",
  "gids",
  "cpuTimes",
  "cpuNum",
  "memoryInfo",
  "memoryPercent",
  "numThreads",
  "numCtxSwitches",
  "nice",
];

/** A process as it was when first looked at in one Process.oneshot() block: what was read once never changes. */
export class ProcessSnapshot extends ProcessGetters {
  /** Process id. */
  readonly pid: number;
  /** Identity of the process. */
  readonly ref: ProcessRef;
  readonly #reads: ProcessReads;
  readonly #options: CallOptions | undefined;
  readonly #held = new Map<string, Reading>();
  #cpuPercent: ProcessCpuPercent | null = null;

  /** @internal Snapshots come from Process.oneshot(). */
  constructor(reads: ProcessReads, options: CallOptions | undefined) {
    super();
    this.pid = reads.ref.pid;
    this.ref = reads.ref;
    this.#reads = reads;
    this.#options = options;
  }

  /** CPU use since the process's last cpuPercent, up to this snapshot; the first is measured by the agent. */
  async cpuPercent(options?: CallOptions): Promise<ProcessCpuPercent> {
    checkOptions("ProcessSnapshot.cpuPercent", options);
    this.#cpuPercent ??= (await this.#sinceMark(options)) ?? (await this.#measured(options));
    return this.#cpuPercent;
  }

  async #sinceMark(options: CallOptions | undefined): Promise<ProcessCpuPercent | null> {
    const since = this.#reads.cpu.usable;
    if (since === null) {
      return null;
    }
    const { row, sample } = await this.#reading("cpuTimes", options, {});
    attributeValue(row, "cpuTimes", this.#reads.owner);
    const mark = cpuMark(row, sample);
    const measured = mark === null ? null : percentBetween(since, mark);
    if (measured !== null) {
      this.#reads.cpu.set(mark);
    }
    return measured;
  }

  async #measured(options: CallOptions | undefined): Promise<ProcessCpuPercent> {
    const args: ReadArguments = { cpuInterval: "default" };
    const { row, sample } = await this.#reads.read(["cpuPercent", "cpuTimes"], this.#merged(options), args);
    const measured = attributeValue(row, "cpuPercent", this.#reads.owner);
    this.#reads.cpu.set(cpuMark(row, sample));
    return measured;
  }

  protected override async readAttribute<A extends ProcessAttributeName>(
    attribute: A,
    options: CallOptions | undefined,
    args: ReadArguments,
  ): Promise<ProcessValues[A]> {
    const { row } = await this.#reading(fieldOf(attribute), options, args);
    return attributeValue(row, attribute, this.#reads.owner);
  }

  /** The reading that holds a field: the one before, or a fresh one. */
  async #reading(field: AttributeField, options: CallOptions | undefined, args: ReadArguments): Promise<Reading> {
    const argument = argumentOf(field, args);
    const plain = argument === undefined;
    const key = plain ? field : `${field}:${argument}`;
    const held = this.#held.get(key);
    if (held !== undefined) {
      return held;
    }
    // With other arguments the cheap group would be read by them too.
    const group = plain && this.#held.size === 0 ? [...CHEAP, field] : [field];
    const fresh = await this.#reads.read(group, this.#merged(options), args);
    for (const name of plain ? group : [key]) {
      if (!this.#held.has(name)) {
        this.#held.set(name, fresh);
      }
    }
    return this.#held.get(key) ?? fresh;
  }

  /** A call's own options, and the block's where it has none. */
  #merged(options: CallOptions | undefined): CallOptions {
    return {
      timeoutMs: options?.timeoutMs ?? this.#options?.timeoutMs,
      signal: options?.signal ?? this.#options?.signal,
    };
  }
}
