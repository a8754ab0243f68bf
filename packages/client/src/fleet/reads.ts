// SPDX-License-Identifier: Apache-2.0

import type { CallOptions } from "../call-options.ts";
import type { Host } from "../host/host.ts";
import type { ProcessAttributeName } from "../process/attributes.ts";
import type { ProcessList, ProcessListOptions } from "../process/list.ts";
import type { FleetAnswer } from "./answer.ts";

/** Methods of Host that a fleet has too, all of which only read, and how many arguments stand before their options. */
export const READS = {
  cpuTimes: 0,
  cpuPercent: 0,
  cpuTimesPercent: 0,
  cpuCount: 0,
  cpuStats: 0,
  cpuFreq: 0,
  getloadavg: 0,
  virtualMemory: 0,
  swapMemory: 0,
  diskPartitions: 0,
  diskUsage: 1,
  diskIoCounters: 0,
  netIoCounters: 0,
  netConnections: 0,
  netIfAddrs: 0,
  netIfStats: 0,
  sensorsTemperatures: 0,
  sensorsFans: 0,
  sensorsBattery: 0,
  sensorsBatteries: 0,
  bootTime: 0,
  users: 0,
  hostInfo: 0,
  limits: 0,
  pressure: 0,
  winServiceGet: 1,
  pids: 0,
  pidExists: 1,
  processList: 0,
  processesByName: 1,
} as const satisfies Partial<Record<keyof Host, number>>;

/** Name of one of them. */
export type ReadName = keyof typeof READS;

/** A method of Host that answers for a whole fleet, with up to three forms as Host's own have. */
type OverFleet<F> = F extends {
  (...args: infer A1): Promise<infer R1>;
  (...args: infer A2): Promise<infer R2>;
  (...args: infer A3): Promise<infer R3>;
}
  ? ((...args: A1) => FleetAnswer<R1>) & ((...args: A2) => FleetAnswer<R2>) & ((...args: A3) => FleetAnswer<R3>)
  : F extends (...args: infer A) => Promise<infer R>
    ? (...args: A) => FleetAnswer<R>
    : never;

/** Host's reading methods over many hosts: the same arguments, and an outcome of each host. */
export type FleetReads = { readonly [K in Exclude<ReadName, "processList">]: OverFleet<Host[K]> } & {
  /** All processes of each host as plain rows. processes() gives them merged. */
  processList<const A extends ProcessAttributeName = never>(
    options?: ProcessListOptions<A>,
  ): FleetAnswer<ProcessList<A>>;
};

/** The options among the arguments of one of these methods, whatever the caller gave as such. */
export function optionsOf(name: ReadName, args: readonly unknown[]): unknown {
  return args[READS[name]];
}

/** Calls one of these methods with other options than the caller's. */
export function callRead(host: Host, name: ReadName, args: readonly unknown[], options: CallOptions): Promise<unknown> {
  const method = host[name] as unknown as (...args: unknown[]) => Promise<unknown>;
  return method.call(host, ...Array.from({ length: READS[name] }, (_, at) => args[at]), options);
}
