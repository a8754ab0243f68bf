// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import { type Asked, type AskedAttributes, askedAttributes, type ProcessAttributeName } from "./attributes.ts";
import { type CpuMark, MIN_INTERVAL_MS } from "./cpu.ts";
import { listChunks } from "./list.ts";
import { cpuPlan, plannedValues } from "./plan.ts";
import { adValueOf, Process } from "./process.ts";
import { readAhead } from "./read-ahead.ts";
import { ProcessReads } from "./reads.ts";
import { sameProcess } from "./ref.ts";
import { isGone } from "./row.ts";
import type { ProcessValuesOf } from "./values.ts";

/** What Host.processIter takes. */
export interface ProcessIterOptions<A extends ProcessAttributeName, D> extends CallOptions {
  /** Attributes to read into `info`; an empty list reads DEFAULT_ATTRIBUTES. Left out: no info. */
  readonly attrs?: readonly A[] | undefined;
  /** Stands for each value that could not be read. @default null */
  readonly adValue?: D | undefined;
}

/** A process with the values that processIter() read with it. */
export type ProcessWithInfo<A extends ProcessAttributeName = never, D = null> = Process & {
  /** Values by attribute, as of the last iteration that met this process. */
  readonly info: ProcessValuesOf<A, D>;
};

interface Entry {
  readonly process: Process;
  readonly reads: ProcessReads;
  /** When the iteration that met it first began. */
  readonly metAt: number;
}

/** The last complete iteration that had cpuPercent. */
interface CpuPass {
  /** The host's monotonic clock when it began, seconds. */
  readonly at: number;
  /** Boot that clock counts from. */
  readonly boot: number | null;
  /** The caller's own clock when its first row came, milliseconds. */
  readonly seenAt: number;
  /** What each process had used then: marks of their own, as Process.cpuPercent() in between has nothing to do with it. */
  readonly marks: Map<Process, CpuMark>;
}

/** The processes that a host's iterations have met, so that each keeps its object for as long as it lives. */
export class ProcessCache {
  readonly #connection: Connection;
  readonly #entries = new Map<number, Entry>();
  #cpuPass: CpuPass | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Host.processIter. Checks the options at once, calls the host with the first step. */
  iterate<A extends ProcessAttributeName, D>(
    options: ProcessIterOptions<A, D> | undefined,
  ): AsyncGenerator<Process, void, undefined> {
    checkOptions("Host.processIter", options, ["attrs", "adValue"]);
    const asked = options?.attrs === undefined ? null : askedAttributes("Host.processIter", options.attrs);
    return this.#rows(asked, options);
  }

  async *#rows<A extends ProcessAttributeName, D>(
    asked: AskedAttributes<Asked<A>> | null,
    options: ProcessIterOptions<A, D> | undefined,
  ): AsyncGenerator<Process, void, undefined> {
    const adValue = adValueOf(options);
    const pass = this.#usablePass();
    const plan = cpuPlan(asked?.names ?? [], pass !== null);
    const missing = new Set(this.#entries.keys());
    let next: CpuPass | null = null;
    const chunks = readAhead(
      (signal) => listChunks(this.#connection, plan.attributes, { timeoutMs: options?.timeoutMs, signal }, plan.args),
      options?.signal,
    );
    for await (const { sample, processes } of chunks) {
      for (const row of processes) {
        if (row.ref === null || sample === null || isGone(row)) {
          continue;
        }
        next ??= {
          at: sample.monotonicNs / 1e9,
          boot: row.ref.boot,
          seenAt: this.#connection.now(),
          marks: new Map(),
        };
        const { at, marks } = next;
        const entry = this.#entry(row.ref, at);
        const { process, reads } = entry;
        missing.delete(row.ref.pid);
        reads.name = row.name ?? reads.name;
        if (asked !== null) {
          const since = pass === null ? null : (pass.marks.get(process) ?? bornAfter(pass, entry));
          const wanted = { asked, adValue, plan, since };
          const mark = (now: CpuMark) => marks.set(process, now);
          (process as { info?: unknown }).info = plannedValues({ row, sample }, wanted, reads.owner, mark);
        }
        yield process;
      }
    }
    for (const pid of missing) {
      this.#entries.delete(pid);
    }
    if (asked?.names.includes("cpuPercent" as Asked<A>) === true) {
      this.#cpuPass = next;
    }
  }

  /** The last pass, if it was long enough ago to measure from. */
  #usablePass(): CpuPass | null {
    const age = this.#connection.now() - (this.#cpuPass?.seenAt ?? 0);
    return age >= MIN_INTERVAL_MS ? this.#cpuPass : null;
  }

  /** The object of a process; a new one if its pid was reused. */
  #entry(ref: ProcessRef, metAt: number): Entry {
    const known = this.#entries.get(ref.pid);
    if (known !== undefined && sameProcess(known.process.ref, ref)) {
      return known;
    }
    const reads = new ProcessReads(this.#connection, ref);
    const entry = { process: new Process(reads), reads, metAt };
    this.#entries.set(ref.pid, entry);
    return entry;
  }
}

/** A process that the pass did not meet started after it, and had used no CPU then; null if it is not such a one. */
function bornAfter(pass: CpuPass, { metAt, process }: Entry): CpuMark | null {
  return metAt > pass.at && process.ref.boot === pass.boot ? { used: 0, at: pass.at } : null;
}
