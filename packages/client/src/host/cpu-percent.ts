// SPDX-License-Identifier: Apache-2.0

import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { CpuPercentRequestSchema, type CpuSampleSchema, CpuTimesPercentRequestSchema } from "@hostscope/proto/gen/cpu";
import { type CallOptions, checkOptions, flag, intervalOf } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import {
  type CpuPercentResponse,
  type CpuSample,
  type CpuTimesPercentResponse,
  decodeCpuPercentResponse,
  decodeCpuTimesPercentResponse,
} from "../gen/hostscope/v1/cpu_plain.ts";
import { METHODS } from "../methods.ts";
import { MIN_INTERVAL_MS } from "../process/cpu.ts";

/** What Host.cpuPercent and Host.cpuTimesPercent take. */
export interface CpuPercentOptions extends CallOptions {
  /** Seconds to measure over, at most 60. Left out or 0: since the last such call on this Host. */
  readonly interval?: number | undefined;
  /** Whether to give each CPU instead of all together. @default false */
  readonly percpu?: boolean | undefined;
}

/** What both requests have. */
interface Question {
  readonly percpu: boolean;
  readonly interval?: number;
  readonly since?: MessageInitShape<typeof CpuSampleSchema>;
}

interface Answer {
  readonly sample: CpuSample | null;
  readonly interval: number;
  readonly cpus: readonly unknown[];
}

/**
 * The moments from which one Host measures CPU use. As in psutil each function has its own, and its own again per CPU:
 * calls of one do not shorten the interval of another.
 */
export class CpuBaselines {
  readonly #connection: Connection;
  readonly #samples = new Map<string, { readonly sample: CpuSample; readonly takenAt: number }>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** One System.CpuPercent. */
  percent(options: CpuPercentOptions | undefined): Promise<CpuPercentResponse> {
    return this.#measure(
      "Host.cpuPercent",
      options,
      (answer) => answer.percent !== null,
      (request, workMs) =>
        this.#connection.unary({
          method: METHODS.cpuPercent,
          request: toBinary(CpuPercentRequestSchema, create(CpuPercentRequestSchema, request)),
          decode: decodeCpuPercentResponse,
          options,
          workMs,
        }),
    );
  }

  /** One System.CpuTimesPercent. */
  timesPercent(options: CpuPercentOptions | undefined): Promise<CpuTimesPercentResponse> {
    return this.#measure(
      "Host.cpuTimesPercent",
      options,
      (answer) => answer.total !== null,
      (request, workMs) =>
        this.#connection.unary({
          method: METHODS.cpuTimesPercent,
          request: toBinary(CpuTimesPercentRequestSchema, create(CpuTimesPercentRequestSchema, request)),
          decode: decodeCpuTimesPercentResponse,
          options,
          workMs,
        }),
    );
  }

  async #measure<T extends Answer>(
    call: string,
    options: CpuPercentOptions | undefined,
    moved: (answer: T) => boolean,
    ask: (request: Question, workMs: number) => Promise<T>,
  ): Promise<T> {
    checkOptions(call, options, ["interval", "percpu"]);
    const percpu = flag(call, "percpu", options?.percpu);
    const interval = intervalOf(call, options?.interval);
    const key = percpu ? `${call}/percpu` : call;
    const last = this.#samples.get(key);
    const isOld = last !== undefined && this.#connection.now() - last.takenAt >= MIN_INTERVAL_MS;
    let answer: T | null = null;
    if (interval !== null) {
      answer = await ask({ percpu, interval }, interval * 1000);
    } else if (isOld) {
      answer = await ask({ percpu, since: wireSample(last.sample) }, 0);
    }
    // No sample to measure from, one too young to tell more than noise, or counters that did not move since.
    if (answer === null || (interval === null && !(moved(answer) && (!percpu || answer.cpus.length > 0)))) {
      answer = await ask({ percpu }, 0);
    }
    if (answer.sample !== null) {
      this.#samples.set(key, { sample: answer.sample, takenAt: this.#connection.now() });
    }
    return answer;
  }
}

/** A sample as requests carry it: as it came. */
function wireSample({ monotonicNs, boot, total, cpus, ticks }: CpuSample): MessageInitShape<typeof CpuSampleSchema> {
  return {
    monotonicNs: BigInt(monotonicNs),
    ...(boot === null ? {} : { boot }),
    total: total.map(BigInt),
    cpus,
    ticks: ticks.map(BigInt),
  };
}
