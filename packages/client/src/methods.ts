// SPDX-License-Identifier: Apache-2.0

import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";

/** The RPCs that the SDK calls, as the seam wants them. */
export const METHODS = {
  cpuTimes: describeMethod(System.method.cpuTimes),
  cpuPercent: describeMethod(System.method.cpuPercent),
  cpuTimesPercent: describeMethod(System.method.cpuTimesPercent),
  cpuCount: describeMethod(System.method.cpuCount),
  cpuStats: describeMethod(System.method.cpuStats),
  cpuFreq: describeMethod(System.method.cpuFreq),
  getloadavg: describeMethod(System.method.getloadavg),
  virtualMemory: describeMethod(System.method.virtualMemory),
  swapMemory: describeMethod(System.method.swapMemory),
  diskPartitions: describeMethod(System.method.diskPartitions),
  diskUsage: describeMethod(System.method.diskUsage),
  diskIoCounters: describeMethod(System.method.diskIoCounters),
  netIoCounters: describeMethod(System.method.netIoCounters),
  netConnections: describeMethod(System.method.netConnections),
  netIfAddrs: describeMethod(System.method.netIfAddrs),
  netIfStats: describeMethod(System.method.netIfStats),
  bootTime: describeMethod(System.method.bootTime),
  users: describeMethod(System.method.users),
  hostInfo: describeMethod(System.method.hostInfo),
  limits: describeMethod(System.method.limits),
  pressure: describeMethod(System.method.pressure),
  sensorsTemperatures: describeMethod(Sensors.method.sensorsTemperatures),
  sensorsFans: describeMethod(Sensors.method.sensorsFans),
  sensorsBattery: describeMethod(Sensors.method.sensorsBattery),
  pids: describeMethod(Process.method.pids),
  pidExists: describeMethod(Process.method.pidExists),
  processList: describeMethod(Process.method.list),
  processGet: describeMethod(Process.method.get),
  parent: describeMethod(Process.method.parent),
  parents: describeMethod(Process.method.parents),
  children: describeMethod(Process.method.children),
  rlimit: describeMethod(Process.method.rlimit),
  winServiceIter: describeMethod(WinService.method.winServiceIter),
  winServiceGet: describeMethod(WinService.method.winServiceGet),
} as const;
