// SPDX-License-Identifier: Apache-2.0

import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { System } from "@hostscope/proto/gen/system";

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
  bootTime: describeMethod(System.method.bootTime),
  pids: describeMethod(Process.method.pids),
  pidExists: describeMethod(Process.method.pidExists),
  processList: describeMethod(Process.method.list),
  processGet: describeMethod(Process.method.get),
} as const;
