// SPDX-License-Identifier: Apache-2.0
// Generated from all services by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_METHODS_H_
#define HOSTSCOPE_GEN_METHODS_H_

#include <string_view>

namespace hostscope::gen {

// Every RPC of the schema.
enum class Method {
  kProcessPids,
  kProcessPidExists,
  kProcessList,
  kProcessGet,
  kProcessIsRunning,
  kProcessParent,
  kProcessParents,
  kProcessChildren,
  kProcessRlimit,
  kProcessWatch,
  kProcessSendSignal,
  kProcessSuspend,
  kProcessSuspendLeased,
  kProcessResume,
  kProcessTerminate,
  kProcessKill,
  kProcessKillTree,
  kProcessReap,
  kProcessPreviewSignal,
  kProcessCommitSignal,
  kProcessSetNice,
  kProcessSetIonice,
  kProcessSetCpuAffinity,
  kProcessSetRlimit,
  kProcessWait,
  kProcessWaitProcs,
  kProcessPopen,
  kSensorsSensorsTemperatures,
  kSensorsSensorsFans,
  kSensorsSensorsBattery,
  kSensorsWatch,
  kSystemCpuTimes,
  kSystemCpuPercent,
  kSystemCpuTimesPercent,
  kSystemCpuCount,
  kSystemCpuStats,
  kSystemCpuFreq,
  kSystemGetloadavg,
  kSystemVirtualMemory,
  kSystemSwapMemory,
  kSystemDiskPartitions,
  kSystemDiskUsage,
  kSystemDiskIoCounters,
  kSystemNetIoCounters,
  kSystemNetConnections,
  kSystemNetIfAddrs,
  kSystemNetIfStats,
  kSystemBootTime,
  kSystemUsers,
  kSystemHostInfo,
  kSystemLimits,
  kSystemPressure,
  kSystemWatch,
  kWinServiceWinServiceIter,
  kWinServiceWinServiceGet,
  kWinServiceWatch,
  kWinServiceStart,
  kWinServiceStop,
  kWinServiceRestart,
  kWinServicePause,
  kWinServiceContinue,
  kWinServiceSetStartType,
};

// What dispatch needs to know of an RPC.
struct MethodInfo {
  Method method;
  // As gRPC has it, e.g. "/hostscope.v1.System/CpuTimes".
  std::string_view path;
  // For people, e.g. "System.CpuTimes".
  std::string_view name;
  // Whether either side sends more than one message.
  bool streaming;
  // Whether it changes the host or a process on it.
  bool mutates;
};

// In the order of Method, which is its index.
inline constexpr MethodInfo kMethods[] = {
    {Method::kProcessPids, "/hostscope.v1.Process/Pids", "Process.Pids", false, false},
    {Method::kProcessPidExists, "/hostscope.v1.Process/PidExists", "Process.PidExists", false, false},
    {Method::kProcessList, "/hostscope.v1.Process/List", "Process.List", true, false},
    {Method::kProcessGet, "/hostscope.v1.Process/Get", "Process.Get", false, false},
    {Method::kProcessIsRunning, "/hostscope.v1.Process/IsRunning", "Process.IsRunning", false, false},
    {Method::kProcessParent, "/hostscope.v1.Process/Parent", "Process.Parent", false, false},
    {Method::kProcessParents, "/hostscope.v1.Process/Parents", "Process.Parents", false, false},
    {Method::kProcessChildren, "/hostscope.v1.Process/Children", "Process.Children", false, false},
    {Method::kProcessRlimit, "/hostscope.v1.Process/Rlimit", "Process.Rlimit", false, false},
    {Method::kProcessWatch, "/hostscope.v1.Process/Watch", "Process.Watch", true, false},
    {Method::kProcessSendSignal, "/hostscope.v1.Process/SendSignal", "Process.SendSignal", false, true},
    {Method::kProcessSuspend, "/hostscope.v1.Process/Suspend", "Process.Suspend", false, true},
    {Method::kProcessSuspendLeased, "/hostscope.v1.Process/SuspendLeased", "Process.SuspendLeased", true, true},
    {Method::kProcessResume, "/hostscope.v1.Process/Resume", "Process.Resume", false, true},
    {Method::kProcessTerminate, "/hostscope.v1.Process/Terminate", "Process.Terminate", false, true},
    {Method::kProcessKill, "/hostscope.v1.Process/Kill", "Process.Kill", false, true},
    {Method::kProcessKillTree, "/hostscope.v1.Process/KillTree", "Process.KillTree", false, true},
    {Method::kProcessReap, "/hostscope.v1.Process/Reap", "Process.Reap", false, true},
    {Method::kProcessPreviewSignal, "/hostscope.v1.Process/PreviewSignal", "Process.PreviewSignal", false, false},
    {Method::kProcessCommitSignal, "/hostscope.v1.Process/CommitSignal", "Process.CommitSignal", false, true},
    {Method::kProcessSetNice, "/hostscope.v1.Process/SetNice", "Process.SetNice", false, true},
    {Method::kProcessSetIonice, "/hostscope.v1.Process/SetIonice", "Process.SetIonice", false, true},
    {Method::kProcessSetCpuAffinity, "/hostscope.v1.Process/SetCpuAffinity", "Process.SetCpuAffinity", false, true},
    {Method::kProcessSetRlimit, "/hostscope.v1.Process/SetRlimit", "Process.SetRlimit", false, true},
    {Method::kProcessWait, "/hostscope.v1.Process/Wait", "Process.Wait", false, false},
    {Method::kProcessWaitProcs, "/hostscope.v1.Process/WaitProcs", "Process.WaitProcs", true, false},
    {Method::kProcessPopen, "/hostscope.v1.Process/Popen", "Process.Popen", true, true},
    {Method::kSensorsSensorsTemperatures, "/hostscope.v1.Sensors/SensorsTemperatures", "Sensors.SensorsTemperatures",
     false, false},
    {Method::kSensorsSensorsFans, "/hostscope.v1.Sensors/SensorsFans", "Sensors.SensorsFans", false, false},
    {Method::kSensorsSensorsBattery, "/hostscope.v1.Sensors/SensorsBattery", "Sensors.SensorsBattery", false, false},
    {Method::kSensorsWatch, "/hostscope.v1.Sensors/Watch", "Sensors.Watch", true, false},
    {Method::kSystemCpuTimes, "/hostscope.v1.System/CpuTimes", "System.CpuTimes", false, false},
    {Method::kSystemCpuPercent, "/hostscope.v1.System/CpuPercent", "System.CpuPercent", false, false},
    {Method::kSystemCpuTimesPercent, "/hostscope.v1.System/CpuTimesPercent", "System.CpuTimesPercent", false, false},
    {Method::kSystemCpuCount, "/hostscope.v1.System/CpuCount", "System.CpuCount", false, false},
    {Method::kSystemCpuStats, "/hostscope.v1.System/CpuStats", "System.CpuStats", false, false},
    {Method::kSystemCpuFreq, "/hostscope.v1.System/CpuFreq", "System.CpuFreq", false, false},
    {Method::kSystemGetloadavg, "/hostscope.v1.System/Getloadavg", "System.Getloadavg", false, false},
    {Method::kSystemVirtualMemory, "/hostscope.v1.System/VirtualMemory", "System.VirtualMemory", false, false},
    {Method::kSystemSwapMemory, "/hostscope.v1.System/SwapMemory", "System.SwapMemory", false, false},
    {Method::kSystemDiskPartitions, "/hostscope.v1.System/DiskPartitions", "System.DiskPartitions", false, false},
    {Method::kSystemDiskUsage, "/hostscope.v1.System/DiskUsage", "System.DiskUsage", false, false},
    {Method::kSystemDiskIoCounters, "/hostscope.v1.System/DiskIoCounters", "System.DiskIoCounters", false, false},
    {Method::kSystemNetIoCounters, "/hostscope.v1.System/NetIoCounters", "System.NetIoCounters", false, false},
    {Method::kSystemNetConnections, "/hostscope.v1.System/NetConnections", "System.NetConnections", true, false},
    {Method::kSystemNetIfAddrs, "/hostscope.v1.System/NetIfAddrs", "System.NetIfAddrs", false, false},
    {Method::kSystemNetIfStats, "/hostscope.v1.System/NetIfStats", "System.NetIfStats", false, false},
    {Method::kSystemBootTime, "/hostscope.v1.System/BootTime", "System.BootTime", false, false},
    {Method::kSystemUsers, "/hostscope.v1.System/Users", "System.Users", false, false},
    {Method::kSystemHostInfo, "/hostscope.v1.System/HostInfo", "System.HostInfo", false, false},
    {Method::kSystemLimits, "/hostscope.v1.System/Limits", "System.Limits", false, false},
    {Method::kSystemPressure, "/hostscope.v1.System/Pressure", "System.Pressure", false, false},
    {Method::kSystemWatch, "/hostscope.v1.System/Watch", "System.Watch", true, false},
    {Method::kWinServiceWinServiceIter, "/hostscope.v1.WinService/WinServiceIter", "WinService.WinServiceIter", false,
     false},
    {Method::kWinServiceWinServiceGet, "/hostscope.v1.WinService/WinServiceGet", "WinService.WinServiceGet", false,
     false},
    {Method::kWinServiceWatch, "/hostscope.v1.WinService/Watch", "WinService.Watch", true, false},
    {Method::kWinServiceStart, "/hostscope.v1.WinService/Start", "WinService.Start", false, true},
    {Method::kWinServiceStop, "/hostscope.v1.WinService/Stop", "WinService.Stop", false, true},
    {Method::kWinServiceRestart, "/hostscope.v1.WinService/Restart", "WinService.Restart", false, true},
    {Method::kWinServicePause, "/hostscope.v1.WinService/Pause", "WinService.Pause", false, true},
    {Method::kWinServiceContinue, "/hostscope.v1.WinService/Continue", "WinService.Continue", false, true},
    {Method::kWinServiceSetStartType, "/hostscope.v1.WinService/SetStartType", "WinService.SetStartType", false, true},
};

// The RPC with this path, or null.
constexpr const MethodInfo* find_method(std::string_view path) {
  for (const MethodInfo& info : kMethods) {
    if (info.path == path) return &info;
  }
  return nullptr;
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_METHODS_H_
