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
inline constexpr AttributeSet kFromStatus{A::kUids, A::kGids, A::kUsername, A::kNumCtxSwitches};
inline constexpr AttributeSet kFromStatm{A::kMemoryInfo, A::kMemoryPercent};
inline constexpr AttributeSet kFromCmdline{A::kCmdline};
inline constexpr AttributeSet kFromExe{A::kExe};
inline constexpr AttributeSet kFromIo{A::kIoCounters};
inline constexpr AttributeSet kKnown =
    AttributeSet{A::kPid} | kFromStat | kFromStatus | kFromStatm | kFromCmdline | kFromExe | kFromIo;

inline bool gone(int error) { return error == ENOENT || error == ESRCH; }
// Why a value is missing when an error says neither that the process nor that the file is gone.
inline AttributeOutcome outcome_of(int error) {
  return error == EACCES || error == EPERM ? AttributeOutcome::kDenied : AttributeOutcome::kFailed;
}

struct LinuxProcessReader::Target {
  std::int64_t pid;
  const ProcessQuery& query;
  ReadGuard& guard;
  model::ProcessRow& row;
  std::unique_ptr<ProcessHandle> handle{};
  ProcessStat stat{};
  bool has_stat = false;

  int directory() const { return handle->directory.get(); }
  bool wants(A attribute) const { return query.attributes.has(attribute); }
  AttributeSet wanted(AttributeSet set) const { return query.attributes & set; }
  // Whether `source` may be read; if a reader is stuck there, what it would give has timed out.
  bool enter(ProcessSource source, AttributeSet gives) {
    if (guard.enter(pid, static_cast<std::uint8_t>(source))) return true;
    row.fail(wanted(gives), AttributeOutcome::kTimedOut);
    return false;
  }
};

}  // namespace hostscope::linux_os
