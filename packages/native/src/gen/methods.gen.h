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
  kProcessResume,
  kProcessTerminate,
  kProcessKill,
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
  kSystemWatch,
  kWinServiceWinServiceIter,
  kWinServiceWinServiceGet,
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
};

// In the order of Method, which is its index.
inline constexpr MethodInfo kMethods[] = {
    {Method::kProcessPids, "/hostscope.v1.Process/Pids", "Process.Pids", false},
    {Method::kProcessPidExists, "/hostscope.v1.Process/PidExists", "Process.PidExists", false},
    {Method::kProcessList, "/hostscope.v1.Process/List", "Process.List", true},
    {Method::kProcessGet, "/hostscope.v1.Process/Get", "Process.Get", false},
    {Method::kProcessIsRunning, "/hostscope.v1.Process/IsRunning", "Process.IsRunning", false},
    {Method::kProcessParent, "/hostscope.v1.Process/Parent", "Process.Parent", false},
    {Method::kProcessParents, "/hostscope.v1.Process/Parents", "Process.Parents", false},
    {Method::kProcessChildren, "/hostscope.v1.Process/Children", "Process.Children", false},
    {Method::kProcessRlimit, "/hostscope.v1.Process/Rlimit", "Process.Rlimit", false},
    {Method::kProcessWatch, "/hostscope.v1.Process/Watch", "Process.Watch", true},
    {Method::kProcessSendSignal, "/hostscope.v1.Process/SendSignal", "Process.SendSignal", false},
    {Method::kProcessSuspend, "/hostscope.v1.Process/Suspend", "Process.Suspend", false},
    {Method::kProcessResume, "/hostscope.v1.Process/Resume", "Process.Resume", false},
    {Method::kProcessTerminate, "/hostscope.v1.Process/Terminate", "Process.Terminate", false},
    {Method::kProcessKill, "/hostscope.v1.Process/Kill", "Process.Kill", false},
    {Method::kProcessSetNice, "/hostscope.v1.Process/SetNice", "Process.SetNice", false},
    {Method::kProcessSetIonice, "/hostscope.v1.Process/SetIonice", "Process.SetIonice", false},
    {Method::kProcessSetCpuAffinity, "/hostscope.v1.Process/SetCpuAffinity", "Process.SetCpuAffinity", false},
    {Method::kProcessSetRlimit, "/hostscope.v1.Process/SetRlimit", "Process.SetRlimit", false},
    {Method::kProcessWait, "/hostscope.v1.Process/Wait", "Process.Wait", false},
    {Method::kProcessWaitProcs, "/hostscope.v1.Process/WaitProcs", "Process.WaitProcs", true},
    {Method::kProcessPopen, "/hostscope.v1.Process/Popen", "Process.Popen", true},
    {Method::kSensorsSensorsTemperatures, "/hostscope.v1.Sensors/SensorsTemperatures", "Sensors.SensorsTemperatures",
     false},
    {Method::kSensorsSensorsFans, "/hostscope.v1.Sensors/SensorsFans", "Sensors.SensorsFans", false},
    {Method::kSensorsSensorsBattery, "/hostscope.v1.Sensors/SensorsBattery", "Sensors.SensorsBattery", false},
    {Method::kSensorsWatch, "/hostscope.v1.Sensors/Watch", "Sensors.Watch", true},
    {Method::kSystemCpuTimes, "/hostscope.v1.System/CpuTimes", "System.CpuTimes", false},
    {Method::kSystemCpuPercent, "/hostscope.v1.System/CpuPercent", "System.CpuPercent", false},
    {Method::kSystemCpuTimesPercent, "/hostscope.v1.System/CpuTimesPercent", "System.CpuTimesPercent", false},
    {Method::kSystemCpuCount, "/hostscope.v1.System/CpuCount", "System.CpuCount", false},
    {Method::kSystemCpuStats, "/hostscope.v1.System/CpuStats", "System.CpuStats", false},
    {Method::kSystemCpuFreq, "/hostscope.v1.System/CpuFreq", "System.CpuFreq", false},
    {Method::kSystemGetloadavg, "/hostscope.v1.System/Getloadavg", "System.Getloadavg", false},
    {Method::kSystemVirtualMemory, "/hostscope.v1.System/VirtualMemory", "System.VirtualMemory", false},
    {Method::kSystemSwapMemory, "/hostscope.v1.System/SwapMemory", "System.SwapMemory", false},
    {Method::kSystemDiskPartitions, "/hostscope.v1.System/DiskPartitions", "System.DiskPartitions", false},
    {Method::kSystemDiskUsage, "/hostscope.v1.System/DiskUsage", "System.DiskUsage", false},
    {Method::kSystemDiskIoCounters, "/hostscope.v1.System/DiskIoCounters", "System.DiskIoCounters", false},
    {Method::kSystemNetIoCounters, "/hostscope.v1.System/NetIoCounters", "System.NetIoCounters", false},
    {Method::kSystemNetConnections, "/hostscope.v1.System/NetConnections", "System.NetConnections", true},
    {Method::kSystemNetIfAddrs, "/hostscope.v1.System/NetIfAddrs", "System.NetIfAddrs", false},
    {Method::kSystemNetIfStats, "/hostscope.v1.System/NetIfStats", "System.NetIfStats", false},
    {Method::kSystemBootTime, "/hostscope.v1.System/BootTime", "System.BootTime", false},
    {Method::kSystemUsers, "/hostscope.v1.System/Users", "System.Users", false},
    {Method::kSystemHostInfo, "/hostscope.v1.System/HostInfo", "System.HostInfo", false},
    {Method::kSystemWatch, "/hostscope.v1.System/Watch", "System.Watch", true},
    {Method::kWinServiceWinServiceIter, "/hostscope.v1.WinService/WinServiceIter", "WinService.WinServiceIter", false},
    {Method::kWinServiceWinServiceGet, "/hostscope.v1.WinService/WinServiceGet", "WinService.WinServiceGet", false},
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
