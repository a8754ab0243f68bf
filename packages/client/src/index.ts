// SPDX-License-Identifier: Apache-2.0

// For users: what a program that reads hosts needs.

export { bytes2human } from "./bytes2human.ts";
export type { CallOptions } from "./call-options.ts";
export {
  AF_INET,
  AF_INET6,
  AF_LINK,
  AF_UNIX,
  AF_UNSPEC,
  CONN_BOUND,
  CONN_CLOSE,
  CONN_CLOSE_WAIT,
  CONN_CLOSING,
  CONN_DELETE_TCB,
  CONN_ESTABLISHED,
  CONN_FIN_WAIT1,
  CONN_FIN_WAIT2,
  CONN_IDLE,
  CONN_LAST_ACK,
  CONN_LISTEN,
  CONN_NONE,
  CONN_SYN_RECV,
  CONN_SYN_SENT,
  CONN_TIME_WAIT,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
} from "./constants/connections.ts";
export {
  NIC_DUPLEX_FULL,
  NIC_DUPLEX_HALF,
  NIC_DUPLEX_UNKNOWN,
  POWER_TIME_UNKNOWN,
  POWER_TIME_UNLIMITED,
} from "./constants/hardware.ts";
export {
  AIX,
  BSD,
  FREEBSD,
  LINUX,
  MACOS,
  NETBSD,
  OPENBSD,
  OSX,
  POSIX,
  SUNOS,
  WINDOWS,
} from "./constants/platform.ts";
export {
  ABOVE_NORMAL_PRIORITY_CLASS,
  BELOW_NORMAL_PRIORITY_CLASS,
  HIGH_PRIORITY_CLASS,
  IDLE_PRIORITY_CLASS,
  IOPRIO_CLASS_BE,
  IOPRIO_CLASS_IDLE,
  IOPRIO_CLASS_NONE,
  IOPRIO_CLASS_RT,
  IOPRIO_HIGH,
  IOPRIO_LOW,
  IOPRIO_NORMAL,
  IOPRIO_VERYLOW,
  NORMAL_PRIORITY_CLASS,
  REALTIME_PRIORITY_CLASS,
} from "./constants/priority.ts";
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
} from "./constants/process-status.ts";
export {
  RLIM_INFINITY,
  RLIMIT_AS,
  RLIMIT_CORE,
  RLIMIT_CPU,
  RLIMIT_DATA,
  RLIMIT_FSIZE,
  RLIMIT_LOCKS,
  RLIMIT_MEMLOCK,
  RLIMIT_MSGQUEUE,
  RLIMIT_NICE,
  RLIMIT_NOFILE,
  RLIMIT_NPROC,
  RLIMIT_RSS,
  RLIMIT_RTPRIO,
  RLIMIT_RTTIME,
  RLIMIT_SIGPENDING,
  RLIMIT_STACK,
} from "./constants/rlimit.ts";
export {
  version,
  versionInfo,
} from "./constants/version.ts";
export {
  Aborted,
  AccessDenied,
  Cancelled,
  DeadlineExceeded,
  type ErrorCode,
  type ErrorFacts,
  FailedPrecondition,
  HostscopeError,
  HostUnreachable,
  InternalError,
  InvalidArgument,
  NoSuchProcess,
  NotFound,
  NotImplemented,
  Overloaded,
  PermissionDenied,
  TimeoutExpired,
  Unauthenticated,
  Unsupported,
  VersionSkew,
  ZombieProcess,
} from "./errors.ts";
export type { FleetAnswer } from "./fleet/answer.ts";
export { type DnsQuery, type DnsResolver, type DnsTargetsOptions, dnsTargets } from "./fleet/dns-targets.ts";
export type { FleetProgress } from "./fleet/fan-out.ts";
export type { AddressOptions } from "./fleet/file-sd.ts";
export { type FileTargetsOptions, fileTargets } from "./fleet/file-targets.ts";
export { type EachContext, type Fleet, fleet } from "./fleet/fleet.ts";
export type { Labels, Selector } from "./fleet/labels.ts";
export type { FleetCallOptions, FleetOptions } from "./fleet/options.ts";
export type { FailureStatus, FleetFailure, FleetOutcome, FleetSuccess, FleetTarget } from "./fleet/outcome.ts";
export type {
  FleetProcessTable,
  FleetProcessTableEvents,
  FleetTableHost,
  FleetTableRow,
} from "./fleet/process-table.ts";
export type { FleetList, FleetProcess, FleetProcesses } from "./fleet/processes.ts";
export type { FleetReads } from "./fleet/reads.ts";
export type { TargetEntry, TargetSource, TargetsObserver } from "./fleet/targets.ts";
export type { FleetNews, FleetTrouble, FleetUpdate } from "./fleet/watch-update.ts";
export type { FleetWatches, OverFleetOptions } from "./fleet/watches.ts";
export type { ProcessRef, Sample } from "./gen/hostscope/v1/common_plain.ts";
export type { CpuFreq, CpuStats, CpuTimes, CpuTimesPercent } from "./gen/hostscope/v1/cpu_plain.ts";
export type { DiskIoCounters, DiskPartition, DiskUsage } from "./gen/hostscope/v1/disk_plain.ts";
export type { Platform, PlatformConstants, SignalNumber, User } from "./gen/hostscope/v1/host_plain.ts";
export type {
  CgroupLimits,
  CgroupThrottling,
  HostLimits,
  Pressure,
  PressureTime,
  ResourcePressure,
} from "./gen/hostscope/v1/limits_plain.ts";
export type { SwapMemory, VirtualMemory } from "./gen/hostscope/v1/memory_plain.ts";
export type {
  AddressFamily,
  ConnectionKind,
  ConnectionStatus,
  NetConnection,
  NetIfAddr,
  NetIfStats,
  NetIoCounters,
  NicDuplex,
  SocketAddress,
  SocketType,
} from "./gen/hostscope/v1/network_plain.ts";
export type {
  Guarantee,
  KillResponse,
  ResumeResponse,
  SendSignalResponse,
  SetCpuAffinityResponse,
  SetIoniceResponse,
  SetNiceResponse,
  SetRlimitResponse,
  SuspendResponse,
  TerminateResponse,
} from "./gen/hostscope/v1/process_control_plain.ts";
export type { AttributeFailure, AttributeOutcome } from "./gen/hostscope/v1/process_info_plain.ts";
export type { MemoryType } from "./gen/hostscope/v1/process_read_plain.ts";
export type { SelectedProcess } from "./gen/hostscope/v1/process_select_plain.ts";
export type {
  ControlOutcome,
  ControlTarget,
  KillTreeResponse,
  ReapResponse,
} from "./gen/hostscope/v1/process_tree_plain.ts";
export type {
  IoprioClass,
  IoprioLevel,
  ProcessCgroup,
  ProcessCpuPercent,
  ProcessCpuTimes,
  ProcessCtxSwitches,
  ProcessIds,
  ProcessIoCounters,
  ProcessIonice,
  ProcessMemoryInfo,
  ProcessMemoryMap,
  ProcessOpenFile,
  ProcessPageFaults,
  ProcessStatus,
  ProcessThread,
} from "./gen/hostscope/v1/process_values_plain.ts";
export type { Fan, Temperature } from "./gen/hostscope/v1/sensors_plain.ts";
export type { Credentials, Pem } from "./grpc/credentials.ts";
export type { CgroupOptions, Limits, PressureStall } from "./host/cgroups.ts";
export type { CpuCountOptions, CpuTimesUse, CpuUse, OneCpuUse, PerCpuOptions } from "./host/cpu.ts";
export type { CpuPercentOptions } from "./host/cpu-percent.ts";
export type { DiskIoCountersOptions, DiskPartitionsOptions } from "./host/disks.ts";
export { Host } from "./host/host.ts";
export type { ConnectionsOptions, NetIoCountersOptions } from "./host/network.ts";
export type { Battery, TemperaturesOptions } from "./host/sensors.ts";
export type { Signal } from "./host/signal-numbers.ts";
export type { PreviewSignalOptions, ProcessSelector, SignalPreview } from "./host/signal-preview.ts";
export type { HostInfo } from "./host/system.ts";
export type { EndedProcess, WaitedProcesses, WaitProcsOptions } from "./host/wait-procs.ts";
export type {
  SensorsMetricName,
  SensorsUpdate,
  SensorsWatchOptions,
  SystemMetricName,
  SystemUpdate,
  SystemWatchOptions,
} from "./host/watch.ts";
export type { LocalRoots } from "./local-roots.ts";
export type { MutationOptions } from "./mutation.ts";
export { type OpenOptions, open } from "./open.ts";
export type { PopenInput } from "./popen/input.ts";
export type { PopenOptions, PopenStdio } from "./popen/options.ts";
export type { PopenOutput } from "./popen/output.ts";
export { type Communicated, Popen } from "./popen/popen.ts";
export {
  DEFAULT_ATTRIBUTES,
  type DefaultAttributeName,
  type ProcessAttributeName,
} from "./process/attributes.ts";
export type { ProcessGetters } from "./process/getters.ts";
export type { ProcessIterOptions, ProcessWithInfo } from "./process/iter.ts";
export type { ProcessList, ProcessListOptions, ProcessRow } from "./process/list.ts";
export type { MemoryMapsOptions, MemoryPercentOptions } from "./process/memory.ts";
export {
  type AsDictOptions,
  type ChildrenOptions,
  Process,
  type ProcessCpuPercentOptions,
  type WaitOptions,
} from "./process/process.ts";
export type { LimitedResource } from "./process/rlimit.ts";
export type { LimitPair } from "./process/set-rlimit.ts";
export type { IoPriority, SetThreadsOptions } from "./process/settings.ts";
export type { ProcessSnapshot } from "./process/snapshot.ts";
export type { LeaseEnd, SuspendLease, SuspendLeaseOptions } from "./process/suspend-lease.ts";
export type { KillTreeOptions, ReapOptions } from "./process/trees.ts";
export type {
  PlatformAttributeName,
  ProcessMemoryFootprint,
  ProcessMemoryFullInfo,
  ProcessMemoryInfoEx,
  ProcessValues,
  ProcessValuesOf,
} from "./process/values.ts";
export type { MetricUpdate } from "./watch/metric-watch.ts";
export type { ProcessKey, ProcessWhere } from "./watch/process-filter.ts";
export { type ProcessCollection, ProcessTable, type ProcessTableEvents } from "./watch/process-table.ts";
export type { ProcessChanged, ProcessUpdate, ProcessWatchOptions } from "./watch/process-watch.ts";
export type { WatchCollection } from "./watch/watch-collection.ts";
export type { WatchOptions } from "./watch/watch-feed.ts";
export type { WinServiceState, WinServiceUpdate, WinServiceWatchOptions } from "./watch/win-service-watch.ts";
export type {
  WinServiceControlOptions,
  WinServiceStartOptions,
  WinServiceStopOptions,
} from "./windows-service/control.ts";
export type * from "./windows-service/values.ts";
export type { WindowsService, WindowsServiceValues } from "./windows-service/windows-service.ts";

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
