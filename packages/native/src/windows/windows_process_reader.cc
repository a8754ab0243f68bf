// SPDX-License-Identifier: Apache-2.0
#include "windows/windows_process_reader.h"

#include <algorithm>

#include "core/clock.h"
#include "windows/process_target.h"

namespace hostscope::windows_os {

const AttributeSet WindowsProcessReader::kKnown{A::kPid,
                                                A::kName,
                                                A::kStatus,
                                                A::kPpid,
                                                A::kCreateTime,
                                                A::kCpuTimes,
                                                A::kMemoryInfo,
                                                A::kNumThreads,
                                                A::kUsername,
                                                A::kCmdline,
                                                A::kExe,
                                                A::kIoCounters,
                                                A::kNice,
                                                A::kNumCtxSwitches,
                                                A::kCpuPercent,
                                                A::kNumHandles,
                                                A::kMemoryPercent,
                                                A::kCwd,
                                                A::kEnviron,
                                                A::kIonice,
                                                A::kThreads,
                                                A::kCpuAffinity,
                                                A::kMemoryFullInfo,
                                                A::kMemoryMaps,
                                                A::kOpenFiles,
                                                A::kConnections,
                                                A::kPageFaults,
                                                A::kMemoryInfoEx};

const ProcessSnapshot* WindowsProcessReader::snapshot(std::int64_t pid, ReadGuard& guard) {
  if (snapshot_) return &*snapshot_;
  if (failure_) return nullptr;
  guard.enter(pid, static_cast<std::uint8_t>(ProcessSource::kStat));
  auto taken = ProcessSnapshot::take();
  if (taken) return &snapshot_.emplace(std::move(*taken));
  failure_ = std::move(taken.status());
  return nullptr;
}

RowOutcome WindowsProcessReader::read(std::int64_t pid, const ProcessQuery& query, ReadGuard& guard,
                                      model::ProcessRow& row) {
  row.clear();
  row.ref.pid = pid;
  const auto* const all = snapshot(pid, guard);
  row.monotonic_ns = core::monotonic_ns();
  if (all == nullptr) {
    row.fail(query.attributes, AttributeOutcome::kFailed, failure_->os_error.value_or(0));
    return RowOutcome::kRead;
  }
  const auto* const entry = all->find(pid);
  if (entry == nullptr) return RowOutcome::kGone;
  // Only watches say how long. What is held may be listed although it has ended.
  const bool is_watched = query.keep_for.count() > 0 && entry->create_time != 0;
  if (is_watched && !context_->watched.hold(pid, entry->create_time, query.keep_for)) return RowOutcome::kGone;
  Target target{*entry, query, guard, row};
  fill_from_entry(target);
  if (target.wants(A::kStatus)) read_status(target);
  if (target.wants(A::kUsername)) read_username(target);
  if (target.wants(A::kExe)) read_exe(target);
  if (target.wants(A::kNice)) read_nice(target);
  if (target.wants(A::kIonice)) read_ionice(target);
  if (target.wants(A::kCpuAffinity)) read_cpu_affinity(target);
  if (!target.wanted({A::kCmdline, A::kCwd, A::kEnviron}).empty()) read_parameters(target);
  read_memory_shares(target);
  fill_memory_percent(target);
  if (target.wants(A::kMemoryMaps)) read_memory_maps(target);
  if (target.wants(A::kOpenFiles)) read_open_files(target);
  if (target.wants(A::kConnections)) read_connections(target);
  row.fail(query.attributes.without(kKnown), AttributeOutcome::kUnsupported);
  return target.is_gone ? RowOutcome::kGone : RowOutcome::kRead;
}

std::optional<CpuMark> WindowsProcessReader::cpu_mark(std::int64_t pid, ReadGuard& guard) {
  const auto* const all = snapshot(pid, guard);
  const auto* const entry = all == nullptr ? nullptr : all->find(pid);
  if (entry == nullptr) return std::nullopt;
  return CpuMark{entry->create_time, entry->user_time + entry->kernel_time, core::monotonic_ns()};
}

std::optional<ProcessKin> WindowsProcessReader::kin(std::int64_t pid, ReadGuard& guard) {
  const auto* const all = snapshot(pid, guard);
  const auto* const entry = all == nullptr ? nullptr : all->find(pid);
  if (entry == nullptr) return std::nullopt;
  // Windows never tells a child that its parent is gone; the pid may be another's by now.
  const auto* const parent = entry->parent == pid ? nullptr : all->find(entry->parent);
  const bool is_parent = parent != nullptr && parent->create_time <= entry->create_time;
  return ProcessKin{is_parent ? entry->parent : 0, entry->create_time};
}

std::optional<std::int32_t> WindowsProcessReader::returncode(const model::ProcessRef& ended) {
  return context_->watched.returncode(ended);
}

Result<model::ProcessLimits> WindowsProcessReader::limits(std::int64_t, ReadGuard&) {
  return failure("read the limits", ERROR_NOT_SUPPORTED);
}

void WindowsProcessReader::fill_from_entry(Target& target) {
  fill_identity(target);
  fill_memory(target);
  fill_counters(target);
  if (target.wants(A::kCpuPercent)) {
    const auto& entry = target.entry;
    target.row.cpu_ticks = entry.user_time + entry.kernel_time;
    if (const auto percent = percent_of(entry, mark_of(target.query, entry.pid), target.row.monotonic_ns)) {
      target.row.cpu_percent = *percent;
      target.row.present.add(A::kCpuPercent);
    }
  }
  if (target.wants(A::kThreads)) fill_threads(target);
}

void WindowsProcessReader::fill_identity(Target& target) {
  const auto& entry = target.entry;
  auto& row = target.row;
  if (entry.create_time != 0) row.ref.start = entry.create_time;
  row.name = entry.pid == kIdlePid ? "System Idle Process" : to_utf8(entry.name);
  row.ppid = entry.parent;
  row.num_threads = static_cast<std::uint32_t>(entry.threads.size());
  row.cpu_times = {seconds_of_ticks(entry.user_time), seconds_of_ticks(entry.kernel_time), 0, 0, std::nullopt};
  row.present = row.present | target.wanted({A::kPid, A::kName, A::kPpid, A::kNumThreads, A::kCpuTimes});
  if (!target.wants(A::kCreateTime)) return;
  // The first two are there from the beginning.
  if (entry.create_time == 0 && !target.query.boot_time) {
    row.fail({A::kCreateTime}, AttributeOutcome::kFailed);
    return;
  }
  row.create_time = entry.create_time == 0 ? *target.query.boot_time : epoch_of_ticks(entry.create_time);
  row.present.add(A::kCreateTime);
}

void WindowsProcessReader::fill_memory(Target& target) {
  const auto& entry = target.entry;
  auto& row = target.row;
  auto& memory = row.memory_info;
  memory = {};
  memory.rss = entry.working_set;
  memory.private_bytes = entry.private_bytes != 0 ? entry.private_bytes : entry.pagefile;
  memory.vms = *memory.private_bytes;
  if (snapshot_->counts_faults()) memory.num_page_faults = entry.page_faults;
  memory.peak_wset = entry.peak_working_set;
  memory.wset = entry.working_set;
  if (snapshot_->counts_pools()) {
    memory.peak_paged_pool = entry.peak_paged_pool;
    memory.paged_pool = entry.paged_pool;
    memory.peak_nonpaged_pool = entry.peak_nonpaged_pool;
    memory.nonpaged_pool = entry.nonpaged_pool;
  }
  memory.pagefile = entry.pagefile;
  memory.peak_pagefile = entry.peak_pagefile;
  auto& more = row.memory_info_ex;
  more.peak_rss = entry.peak_working_set;
  more.peak_vms = entry.peak_pagefile;
  more.virtual_size = entry.virtual_size;
  more.peak_virtual_size = entry.peak_virtual_size;
  row.present = row.present | target.wanted({A::kMemoryInfo, A::kMemoryInfoEx});
}

void WindowsProcessReader::fill_counters(Target& target) {
  const auto& entry = target.entry;
  auto& row = target.row;
  const auto give = [&](A attribute, bool is_counted) {
    if (!target.wants(attribute)) return;
    if (is_counted) {
      row.present.add(attribute);
    } else {
      row.fail({attribute}, AttributeOutcome::kUnsupported);
    }
  };
  row.io_counters = {entry.reads,  entry.writes, entry.read_bytes, entry.write_bytes,
                     std::nullopt, std::nullopt, entry.others,     entry.other_bytes};
  give(A::kIoCounters, snapshot_->counts_transfers());
  row.page_faults = {entry.page_faults - std::min(entry.page_faults, entry.hard_faults), entry.hard_faults};
  give(A::kPageFaults, snapshot_->counts_faults());
  row.num_handles = entry.handles;
  give(A::kNumHandles, context_->counts_handles);
  row.num_ctx_switches = {};
  for (const auto& thread : entry.threads) row.num_ctx_switches.voluntary += thread.context_switches;
  give(A::kNumCtxSwitches, snapshot_->counts_switches());
}

std::optional<model::ProcessCpuPercent> WindowsProcessReader::percent_of(const ProcessEntry& entry, const CpuMark* mark,
                                                                         std::uint64_t now_ns) {
  const std::uint64_t ticks = entry.user_time + entry.kernel_time;
  double used = 0, interval = 0;
  if (mark != nullptr && mark->start == entry.create_time) {
    used = seconds_of_ticks(ticks - std::min(ticks, mark->ticks));
    interval = static_cast<double>(now_ns - std::min(now_ns, mark->monotonic_ns)) / 1e9;
  } else {
    // Born after the first sample: its whole life is the interval.
    const std::uint64_t now = now_in_ticks();
    used = seconds_of_ticks(ticks);
    interval = seconds_of_ticks(now - std::min(now, entry.create_time));
  }
  if (interval <= 0) return std::nullopt;
  return model::ProcessCpuPercent{100 * used / interval, interval};
}

std::optional<model::ProcessCpuPercent> WindowsProcessReader::cpu_percent(std::int64_t pid, std::uint64_t start,
                                                                          const CpuMarks& marks, ReadGuard& guard) {
  if (!later_) {
    guard.enter(pid, static_cast<std::uint8_t>(ProcessSource::kStat));
    auto taken = ProcessSnapshot::take();
    if (!taken) return std::nullopt;
    later_.emplace(std::move(*taken));
    later_ns_ = core::monotonic_ns();
  }
  const auto* const entry = later_->find(pid);
  if (entry == nullptr || entry->create_time != start) return std::nullopt;
  return percent_of(*entry, mark_of(marks, pid), later_ns_);
}

void WindowsProcessReader::fill_memory_percent(Target& target) {
  auto& row = target.row;
  if (!target.wants(A::kMemoryPercent)) return;
  using M = gen::MemoryType;
  std::optional<std::uint64_t> bytes;
  switch (target.query.memtype) {
    case M::kUnspecified:
    case M::kRss:
      bytes = row.memory_info.rss;
      break;
    case M::kVms:
      bytes = row.memory_info.vms;
      break;
    case M::kUss:
      if (row.failed.has(A::kMemoryPercent)) return;
      bytes = row.memory_full_info.uss;
      break;
    default:
      row.fail({A::kMemoryPercent}, AttributeOutcome::kUnsupported);
      return;
  }
  if (!target.query.total_memory || *target.query.total_memory == 0) {
    row.fail({A::kMemoryPercent}, AttributeOutcome::kFailed);
    return;
  }
  row.memory_percent = 100 * static_cast<double>(*bytes) / static_cast<double>(*target.query.total_memory);
  row.present.add(A::kMemoryPercent);
}

void WindowsProcessReader::fill_threads(Target& target) {
  for (const auto& thread : target.entry.threads) {
    target.row.threads.push_back({thread.id, seconds_of_ticks(thread.user_time), seconds_of_ticks(thread.kernel_time)});
  }
  std::sort(target.row.threads.begin(), target.row.threads.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  target.row.present.add(A::kThreads);
}

}  // namespace hostscope::windows_os
