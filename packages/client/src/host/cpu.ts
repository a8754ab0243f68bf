// SPDX-License-Identifier: Apache-2.0

import { CpuFreqRequestSchema, CpuTimesRequestSchema } from "@hostscope/proto/gen/cpu";
import { type CallOptions, checkOptions, flag } from "../call-options.ts";
import type { Connection } from "../connection.ts";
import {
  type CpuFreq,
  type CpuStats,
  type CpuTimes,
  type CpuTimesPercent,
  decodeCpuCountResponse,
  decodeCpuFreqResponse,
  decodeCpuStatsResponse,
  decodeCpuTimesResponse,
  decodeGetloadavgResponse,
} from "../gen/hostscope/v1/cpu_plain.ts";
import { METHODS } from "../methods.ts";
import { encode } from "../wire/encode.ts";
import { HostCalls } from "./calls.ts";
import { CpuBaselines, type CpuPercentOptions } from "./cpu-percent.ts";

/** What Host.cpuTimes and Host.cpuFreq take. */
export interface PerCpuOptions extends CallOptions {
  /** Whether to give each CPU instead of all together. @default false */
  readonly percpu?: boolean | undefined;
}

/** What Host.cpuCount takes. */
export interface CpuCountOptions extends CallOptions {
  /** Whether hyper-threads count as CPUs; false counts cores. @default true */
  readonly logical?: boolean | undefined;
}

/** Use of all CPUs together over an interval. */
export interface CpuUse {
  /** Share of the interval that was neither idle nor iowait, 0 to 100. Null if the host's counters stand still. */
  readonly percent: number | null;
  /** Interval it was measured over, seconds. */
  readonly interval: number;
}

/** Use of one CPU over an interval. */
export interface OneCpuUse {
  /** The kernel's number of this CPU. */
  readonly cpu: number;
  /** Share of the interval that was neither idle nor iowait, 0 to 100. */
  readonly percent: number;
  /** Interval it was measured over, seconds. */
  readonly interval: number;
}

/** Shares of CPU time by mode over an interval. */
export type CpuTimesUse = CpuTimesPercent & {
  /** Interval they were measured over, seconds. */
  readonly interval: number;
};

/** Type of an option's value that asks for each CPU. */
type PerCpu<T> = T & { readonly percpu: true };
type AllTogether<T> = T & { readonly percpu?: false | undefined };

/** psutil's functions about a host's CPUs. */
export abstract class HostCpu extends HostCalls {
  readonly #cpu: CpuBaselines;

  constructor(connection: Connection) {
    super(connection);
    this.#cpu = new CpuBaselines(connection);
  }

  /** CPU time since boot by mode, seconds; counters. */
  async cpuTimes(options?: AllTogether<PerCpuOptions>): Promise<CpuTimes>;
  async cpuTimes(options: PerCpu<PerCpuOptions>): Promise<CpuTimes[]>;
  async cpuTimes(options?: PerCpuOptions): Promise<CpuTimes | CpuTimes[]>;
  async cpuTimes(options?: PerCpuOptions): Promise<CpuTimes | CpuTimes[]> {
    checkOptions("Host.cpuTimes", options, ["percpu"]);
    const percpu = flag("Host.cpuTimes", "percpu", options?.percpu);
    const request = encode(CpuTimesRequestSchema, { percpu });
    const answer = await this.ask(METHODS.cpuTimes, decodeCpuTimesResponse, options, request);
    return percpu ? answer.cpus : this.present(answer.total, "cpuTimes");
  }

  /**
   * CPU use since the last call on this Host, or over `interval` seconds. The first call, and one less than 0.1 seconds
   * after the last, is measured by the agent over 0.1 seconds. With percpu: each CPU that was online all along.
   */
  async cpuPercent(options?: AllTogether<CpuPercentOptions>): Promise<CpuUse>;
  async cpuPercent(options: PerCpu<CpuPercentOptions>): Promise<OneCpuUse[]>;
  async cpuPercent(options?: CpuPercentOptions): Promise<CpuUse | OneCpuUse[]>;
  async cpuPercent(options?: CpuPercentOptions): Promise<CpuUse | OneCpuUse[]> {
    const { percent, interval, cpus } = await this.#cpu.percent(options);
    return options?.percpu === true ? cpus.map((use) => ({ ...use, interval })) : { percent, interval };
  }

  /**
   * Shares of CPU time by mode, since the last call on this Host or over `interval` seconds, as in cpuPercent(). Time in
   * guests is not in user and nice too, so that the shares add up to 100. Null if the host's counters stand still.
   */
  async cpuTimesPercent(options?: AllTogether<CpuPercentOptions>): Promise<CpuTimesUse | null>;
  async cpuTimesPercent(options: PerCpu<CpuPercentOptions>): Promise<CpuTimesUse[]>;
  async cpuTimesPercent(options?: CpuPercentOptions): Promise<CpuTimesUse | CpuTimesUse[] | null>;
  async cpuTimesPercent(options?: CpuPercentOptions): Promise<CpuTimesUse | CpuTimesUse[] | null> {
    const { total, interval, cpus } = await this.#cpu.timesPercent(options);
    if (options?.percpu === true) {
      return cpus.map((use) => ({ ...use, interval }));
    }
    return total === null ? null : { ...total, interval };
  }

  /** Number of CPUs online, or of cores; null if the host does not tell. Affinity and control groups do not count. */
  async cpuCount(options?: CpuCountOptions): Promise<number | null> {
    checkOptions("Host.cpuCount", options, ["logical"]);
    const logical = flag("Host.cpuCount", "logical", options?.logical, true);
    const { cpuCount } = await this.ask(METHODS.cpuCount, decodeCpuCountResponse, options);
    const count = this.present(cpuCount, "cpuCount");
    return logical ? count.logical : count.physical;
  }

  /** Context switches, interrupts and system calls since boot; counters. */
  async cpuStats(options?: CallOptions): Promise<CpuStats> {
    checkOptions("Host.cpuStats", options);
    const { cpuStats } = await this.ask(METHODS.cpuStats, decodeCpuStatsResponse, options);
    return this.present(cpuStats, "cpuStats");
  }

  /** Clock frequency, MHz: the mean over all CPUs, null if the host does not tell; with percpu each CPU that tells. */
  async cpuFreq(options?: AllTogether<PerCpuOptions>): Promise<CpuFreq | null>;
  async cpuFreq(options: PerCpu<PerCpuOptions>): Promise<CpuFreq[]>;
  async cpuFreq(options?: PerCpuOptions): Promise<CpuFreq | CpuFreq[] | null>;
  async cpuFreq(options?: PerCpuOptions): Promise<CpuFreq | CpuFreq[] | null> {
    checkOptions("Host.cpuFreq", options, ["percpu"]);
    const percpu = flag("Host.cpuFreq", "percpu", options?.percpu);
    const request = encode(CpuFreqRequestSchema, { percpu });
    const answer = await this.ask(METHODS.cpuFreq, decodeCpuFreqResponse, options, request);
    return percpu ? answer.cpus : answer.average;
  }

  /**
   * Processes that run or wait to run, averaged over the last 1, 5 and 15 minutes. Null on Windows until the
   * agent, which samples from the first question on, has done so for 5 seconds.
   */
  async getloadavg(options?: CallOptions): Promise<[load1: number, load5: number, load15: number] | null> {
    checkOptions("Host.getloadavg", options);
    const { loadavg } = await this.ask(METHODS.getloadavg, decodeGetloadavgResponse, options);
    return loadavg === null ? null : [loadavg.load1, loadavg.load5, loadavg.load15];
  }
}
