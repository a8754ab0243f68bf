// SPDX-License-Identifier: Apache-2.0
// The part of the seam that reads processes, one row at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/read_guard.h"
#include "core/result.h"
#include "gen/process_read.gen.h"
#include "model/process.h"
#include "model/process_limits.h"

namespace hostscope {

// What a row is read from, each a place where a target can keep its reader waiting. A reader enters each at its guard;
// if it may not, a thread is stuck there already and the attributes that it gives have timed out.
enum class ProcessSource : std::uint8_t {
  kStat,
  kStatus,
  kStatm,
  kCmdline,
  kExe,
  kIo,
  kUserName,
  kCwd,
  kEnviron,
  kIonice,
  kFds,
  kTasks,
  kAffinity,
  kSmapsRollup,
  kSmaps,
  kOpenFiles,
  kSockets,
  kCgroup,
  kLimits,
};

// Names a source of a process, e.g. "pid 4711 cmdline", for messages.
std::string process_target_name(StuckTarget target);

// CPU time of one process at one moment, to measure cpu_percent from.
struct CpuMark {
  std::uint64_t start = 0;
  std::uint64_t ticks = 0;
  std::uint64_t monotonic_ns = 0;
};
using CpuMarks = std::unordered_map<std::int64_t, CpuMark>;

// What a look at a process leaves for the next one.
struct EarlierLook {
  // Even of a process that does not run, all is read again after so many looks: files may have got other names.
  static constexpr unsigned kMostLooks = 10;

  std::uint64_t start = 0;
  std::optional<std::uint64_t> pidfd_inode;
  std::optional<CpuMark> cpu;
  std::optional<model::RunMark> run;              // from before all was read but what is in stat
  bool settled = false;                           // it was the same at two looks: nothing ran while all was read
  unsigned looks = 0;                             // since then
  std::vector<model::AttributeFailure> failures;  // as of then
};

// Where one process stands among the others.
struct ProcessKin {
  std::int64_t parent = 0;  // 0: none is visible
  std::uint64_t start = 0;
};

// Sockets that the rows of one request look theirs up in. Only the OS's own reader knows what is in it.
class SharedSockets {
 public:
  virtual ~SharedSockets() = default;
};

// What is asked of each row, and what all rows of one request share.
struct ProcessQuery {
  model::AttributeSet attributes;
  model::AttributeSet hidden;                 // asked for, and kept back from whoever asks; see hidden_attributes.h
  std::optional<double> boot_time;            // needed by create_time
  std::optional<std::uint64_t> total_memory;  // needed by memory_percent
  gen::MemoryType memtype = gen::MemoryType::kUnspecified;
  bool memory_maps_grouped = true;
  gen::ConnectionKind connections_kind = gen::ConnectionKind::kInet;
  std::shared_ptr<SharedSockets> sockets;  // needed by connections
  const CpuMarks* cpu_marks = nullptr;     // needed by cpu_percent
  bool marks_runs = false;                 // rows are to say how much their process has run
  model::AttributeSet skippable;           // what `earlier` has of each process
  const EarlierLook* earlier = nullptr;    // of the process that is read next; for cpu_percent too, before cpu_marks
  bool keep_open = false;                  // the same processes will be read again soon; see Collector::close_unused
  std::chrono::milliseconds keep_for{};    // and how soon, if close_unused() is to spare them meanwhile
};

// The mark of a process, or null.
inline const CpuMark* mark_of(const CpuMarks& marks, std::int64_t pid) {
  const auto found = marks.find(pid);
  return found == marks.end() ? nullptr : &found->second;
}

// What cpu_percent of a row is measured from: the look before, or else the marks of the request.
inline const CpuMark* mark_of(const ProcessQuery& query, std::int64_t pid) {
  if (query.earlier != nullptr && query.earlier->cpu) return &*query.earlier->cpu;
  return query.cpu_marks == nullptr ? nullptr : mark_of(*query.cpu_marks, pid);
}

enum class RowOutcome { kRead, kGone };

// Reads rows through buffers of its own, so each thread needs one. Obtained from the Collector.
class ProcessReader {
 public:
  virtual ~ProcessReader() = default;
  // Fills `row` from one handle on the process, so that a recycled pid cannot mix two processes.
  virtual RowOutcome read(std::int64_t pid, const ProcessQuery& query, ReadGuard& guard, model::ProcessRow& row) = 0;
  // Only the CPU time, as a first sample; empty if the process is gone or unreadable.
  virtual std::optional<CpuMark> cpu_mark(std::int64_t pid, ReadGuard& guard) = 0;
  // Only cpu_percent, from the marks to now, of the process that began at `start`; empty if it is gone or unreadable.
  virtual std::optional<model::ProcessCpuPercent> cpu_percent(std::int64_t pid, std::uint64_t start,
                                                              const CpuMarks& marks, ReadGuard& guard) = 0;
  // Only the parent, to find all children of one among all processes; empty if the process is gone or unreadable.
  virtual std::optional<ProcessKin> kin(std::int64_t pid, ReadGuard& guard) = 0;
  // How a process ended that was kept open for a watch; empty if nobody tells. Not for long after its end.
  virtual std::optional<std::int32_t> returncode(const model::ProcessRef& ended) = 0;
  // All resource limits, and whose they are.
  virtual Result<model::ProcessLimits> limits(std::int64_t pid, ReadGuard& guard) = 0;
};

}  // namespace hostscope
