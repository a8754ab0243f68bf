// SPDX-License-Identifier: Apache-2.0

// For users: what a program that reads hosts needs.

export {
  DEFAULT_ATTRIBUTES,
  type DefaultAttributeName,
  type ProcessAttributeName,
  type ProcessValues,
  type ProcessValuesOf,
} from "./attributes.ts";
export { bytes2human } from "./bytes2human.ts";
export type { CallOptions } from "./call-options.ts";
export {
  STATUS_DEAD,
  STATUS_DISK_SLEEP,
  STATUS_IDLE,
  STATUS_LOCKED,
  STATUS_PARKED,
  STATUS_RUNNING,
  STATUS_SLEEPING,
  STATUS_STOPPED,
  STATUS_SUSPENDED,
  STATUS_TRACING_STOP,
  STATUS_WAITING,
  STATUS_WAKE_KILL,
  STATUS_WAKING,
  STATUS_ZOMBIE,
} from "./constants.ts";
export type { CpuPercentOptions } from "./cpu-percent.ts";
export {
  AccessDenied,
  Cancelled,
  DeadlineExceeded,
  type ErrorCode,
  type ErrorFacts,
  HostscopeError,
  HostUnreachable,
  InternalError,
  InvalidArgument,
  NoSuchProcess,
  NotImplemented,
  Overloaded,
  PermissionDenied,
  TimeoutExpired,
  Unauthenticated,
  Unsupported,
  VersionSkew,
  ZombieProcess,
} from "./errors.ts";
export type { ProcessRef, Sample } from "./gen/hostscope/v1/common_plain.ts";
export type { CpuFreq, CpuStats, CpuTimes, CpuTimesPercent } from "./gen/hostscope/v1/cpu_plain.ts";
export type { SwapMemory, VirtualMemory } from "./gen/hostscope/v1/memory_plain.ts";
export type { AttributeFailure, AttributeOutcome, ProcessInfo } from "./gen/hostscope/v1/process_info_plain.ts";
export type { MemoryType } from "./gen/hostscope/v1/process_read_plain.ts";
export type {
  ProcessCpuPercent,
  ProcessCpuTimes,
  ProcessCtxSwitches,
  ProcessIds,
  ProcessIoCounters,
  ProcessMemoryInfo,
  ProcessStatus,
} from "./gen/hostscope/v1/process_values_plain.ts";
export { Host } from "./host.ts";
export type { CpuCountOptions, CpuTimesUse, CpuUse, OneCpuUse, PerCpuOptions } from "./host-system.ts";
export { type OpenOptions, open } from "./open.ts";
export { type AsDictOptions, Process, type ProcessCpuPercentOptions } from "./process.ts";
export type { MemoryPercentOptions, ProcessGetters } from "./process-getters.ts";
export type { ProcessIterOptions, ProcessWithInfo } from "./process-iter.ts";
export type { ProcessList, ProcessListOptions, ProcessRow } from "./process-list.ts";
export type { ProcessSnapshot } from "./process-snapshot.ts";

// For authors of transports: the seam, and a Host over it.

export {
  type CallOptions as TransportCallOptions,
  type MethodCost,
  type MethodDescriptor,
  StatusCode,
  StatusError,
  type Transport,
} from "@hostscope/proto";
export { type CreateHostOptions, createHost } from "./open.ts";
