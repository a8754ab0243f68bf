// SPDX-License-Identifier: Apache-2.0
// Process rows from one look at all processes, and from handles for what that does not tell.
#pragma once

#include <memory>
#include <optional>

#include "process_reader.h"
#include "windows/process_context.h"
#include "windows/process_snapshot.h"

namespace hostscope::windows_os {

// Looks once, at its first read, and once more for cpu_percent(): a reader is made for each job.
class WindowsProcessReader : public ProcessReader {
 public:
  explicit WindowsProcessReader(std::shared_ptr<ProcessContext> context) : context_(std::move(context)) {}

  RowOutcome read(std::int64_t pid, const ProcessQuery& query, ReadGuard& guard, model::ProcessRow& row) override;
  std::optional<CpuMark> cpu_mark(std::int64_t pid, ReadGuard& guard) override;
  std::optional<model::ProcessCpuPercent> cpu_percent(std::int64_t pid, std::uint64_t start, const CpuMarks& marks,
                                                      ReadGuard& guard) override;
  std::optional<ProcessKin> kin(std::int64_t pid, ReadGuard& guard) override;
  std::optional<std::int32_t> returncode(const model::ProcessRef& ended) override;
  Result<model::ProcessLimits> limits(std::int64_t pid, ReadGuard& guard) override;

  static const model::AttributeSet kKnown;

 private:
  struct Target;  // the process being read

  // Null if it cannot be taken; `failure_` says why.
  const ProcessSnapshot* snapshot(std::int64_t pid, ReadGuard& guard);
  void fill_from_entry(Target& target);
  void fill_identity(Target& target);
  void fill_memory(Target& target);
  void fill_counters(Target& target);
  // Of what it used until `now_ns` of the monotonic clock; empty if no time has passed.
  static std::optional<model::ProcessCpuPercent> percent_of(const ProcessEntry& entry, const CpuMark* mark,
                                                            std::uint64_t now_ns);
  void fill_memory_percent(Target& target);
  void fill_threads(Target& target);
  // What only a handle tells. Each records why it has no value.
  void read_status(Target& target);
  void read_username(Target& target);
  void read_exe(Target& target);
  void read_nice(Target& target);
  void read_ionice(Target& target);
  void read_cpu_affinity(Target& target);
  void read_parameters(Target& target);
  void read_memory_shares(Target& target);
  void read_memory_maps(Target& target);
  void read_open_files(Target& target);
  void read_connections(Target& target);

  std::shared_ptr<ProcessContext> context_;
  std::optional<ProcessSnapshot> snapshot_;
  std::optional<ProcessSnapshot> later_;  // for cpu_percent(), which is asked for when its interval is over
  std::uint64_t later_ns_ = 0;
  std::optional<Status> failure_;
};

}  // namespace hostscope::windows_os
