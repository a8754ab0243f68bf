// SPDX-License-Identifier: Apache-2.0

import { LimitsRequestSchema, PressureRequestSchema } from "@hostscope/proto/gen/limits";
import { type CallOptions, checkOptions } from "../call-options.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import {
  type CgroupLimits,
  decodeLimitsResponse,
  decodePressureResponse,
  type HostLimits,
  type Pressure,
} from "../gen/hostscope/v1/limits_plain.ts";
import { METHODS } from "../methods.ts";
import type { Process } from "../process/process.ts";
import { checkRef, type WireRef, wireRef } from "../process/ref.ts";
import { encode } from "../wire/encode.ts";
import { HostSystem } from "./system.ts";

/** What Host.limits and Host.pressure take. */
export interface CgroupOptions extends CallOptions {
  /** Process whose control group is meant; a pid or ref is enough. @default the agent itself */
  readonly process?: Process | ProcessRef | number | undefined;
}

/** What a host has, what a control group may use of it, and what is left of both. */
export interface Limits {
  /** The whole host. */
  readonly host: HostLimits;
  /** The control group; null where there are none. */
  readonly cgroup: CgroupLimits | null;
  /** CPUs that can be used at once: the least of the host's, the cpuset's and the quota. */
  readonly effectiveCpus: number | null;
  /** Bytes of memory that can be used: the less of the host's and the control group's. */
  readonly effectiveMemory: number | null;
}

/** How much work waits for CPU, memory and storage. */
export interface PressureStall {
  /** The whole host; null where its kernel does not count it. */
  readonly host: Pressure | null;
  /** The control group; null where not counted. */
  readonly cgroup: Pressure | null;
  /** Path of that group; null where there is none. */
  readonly cgroupPath: string | null;
}

/** hostscope's functions about control groups; psutil has none. */
export abstract class HostCgroups extends HostSystem {
  /** Limits of the host and of a control group. Linux has groups; elsewhere the host's limits are all there is. */
  async limits(options?: CgroupOptions): Promise<Limits> {
    checkOptions("Host.limits", options, ["process"]);
    const request = encode(LimitsRequestSchema, this.#ofProcess(options));
    const answer = await this.ask(METHODS.limits, decodeLimitsResponse, options, request);
    const { cgroup, effectiveCpus, effectiveMemory } = answer;
    return { host: this.present(answer.host, "limits"), cgroup, effectiveCpus, effectiveMemory };
  }

  /** Share of time in which work waited for CPU, memory and storage, on the host and in a control group. Linux. */
  async pressure(options?: CgroupOptions): Promise<PressureStall> {
    checkOptions("Host.pressure", options, ["process"]);
    const request = encode(PressureRequestSchema, this.#ofProcess(options));
    const { host, cgroup, cgroupPath } = await this.ask(METHODS.pressure, decodePressureResponse, options, request);
    return { host, cgroup, cgroupPath };
  }

  #ofProcess(options: CgroupOptions | undefined): { ref?: WireRef } {
    const process = options?.process;
    if (process === undefined) {
      return {};
    }
    const given = typeof process === "object" && process !== null && "ref" in process ? process.ref : process;
    return { ref: wireRef(checkRef(this.target, given)) };
  }
}
