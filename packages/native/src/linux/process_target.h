// SPDX-License-Identifier: Apache-2.0
// One process while its row is read, and which attributes come from which of its files.
#pragma once

#include <cerrno>

#include "linux/linux_process_reader.h"

namespace hostscope::linux_os {

using model::AttributeOutcome;
using model::AttributeSet;
using A = model::ProcessAttribute;

inline constexpr AttributeSet kFromStat{A::kName,     A::kStatus,     A::kPpid,      A::kCreateTime,
                                        A::kCpuTimes, A::kNumThreads, A::kTerminal,  A::kCpuNum,
                                        A::kNice,     A::kPageFaults, A::kCpuPercent};
inline constexpr AttributeSet kFromStatus{A::kUids, A::kGids, A::kUsername, A::kNumCtxSwitches, A::kMemoryInfoEx};
// The last two have statm's values as their plain part.
inline constexpr AttributeSet kFromStatm{A::kMemoryInfo, A::kMemoryPercent, A::kMemoryFullInfo, A::kMemoryInfoEx};
inline constexpr AttributeSet kFromCmdline{A::kCmdline};
inline constexpr AttributeSet kFromExe{A::kExe};
inline constexpr AttributeSet kFromIo{A::kIoCounters};
// The rest: an attribute each, from a source of its own, in process_<attribute>.cc.
inline constexpr AttributeSet kDetails{A::kCwd,       A::kEnviron,     A::kIonice,         A::kNumFds,
                                       A::kThreads,   A::kCpuAffinity, A::kMemoryFullInfo, A::kMemoryMaps,
                                       A::kOpenFiles, A::kConnections, A::kCgroup};
inline constexpr AttributeSet kKnown =
    AttributeSet{A::kPid} | kFromStat | kFromStatus | kFromStatm | kFromCmdline | kFromExe | kFromIo | kDetails;

// What nobody but the process itself changes, while it runs, and costs a file each.
inline constexpr AttributeSet kByRunning{A::kName,    A::kUids, A::kGids,       A::kUsername, A::kNumCtxSwitches,
                                         A::kCmdline, A::kExe,  A::kIoCounters, A::kEnviron};

inline constexpr std::size_t kCommMax = 15;  // the kernel cuts names here

inline bool gone(int error) { return error == ENOENT || error == ESRCH; }
// Why a value is missing when an error says neither that the process nor that the file is gone.
inline AttributeOutcome outcome_of(int error) {
  if (error == ETIMEDOUT) return AttributeOutcome::kTimedOut;
  return error == EACCES || error == EPERM ? AttributeOutcome::kDenied : AttributeOutcome::kFailed;
}

struct LinuxProcessReader::Target {
  std::int64_t pid;
  const ProcessQuery& query;
  ReadGuard& guard;
  model::ProcessRow& row;
  AttributeSet attributes = query.attributes;  // without what need not be read
  std::unique_ptr<ProcessHandle> handle{};
  ProcessStat stat{};
  bool has_stat = false;
  bool has_statm = false;
  bool has_fds = false;  // the reader's walk is of this process
  std::optional<model::ProcessMemoryFullInfo> shares{};
  // Something was asked of the pid itself rather than through the handle: to be verified when the row is done.
  bool asked_by_pid = false;

  int directory() const { return handle->directory.get(); }
  bool wants(A attribute) const { return attributes.has(attribute); }
  AttributeSet wanted(AttributeSet set) const { return attributes & set; }
  // Attributes that are made of the sums of smaps.
  AttributeSet wanted_from_shares() const {
    using M = gen::MemoryType;
    const bool percent = query.memtype == M::kUss || query.memtype == M::kPss || query.memtype == M::kSwap;
    return wanted(percent ? AttributeSet{A::kMemoryFullInfo, A::kMemoryPercent} : AttributeSet{A::kMemoryFullInfo});
  }
  // Whether `source` may be read; if a reader is stuck there, what it would give has timed out.
  bool enter(ProcessSource source, AttributeSet gives) {
    if (guard.enter(pid, static_cast<std::uint8_t>(source))) return true;
    row.fail(wanted(gives), AttributeOutcome::kTimedOut);
    return false;
  }
};

}  // namespace hostscope::linux_os
