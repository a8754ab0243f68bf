// SPDX-License-Identifier: Apache-2.0
#include "windows/watched_processes.h"

#include <algorithm>

#include "windows/process_handle.h"

namespace hostscope::windows_os {
namespace {

// Those that have ended are held by nobody again: they go as others come.
constexpr std::chrono::seconds kTidyEvery{1};

UniqueHandle open_watched(std::int64_t pid, std::uint64_t start) {
  auto process = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE);
  return process && create_time_of(process.get()) == start ? std::move(process.handle) : UniqueHandle();
}

}  // namespace

void WatchedProcesses::Held::look() {
  if (!handle || !has_ended(handle.get())) return;
  ended = true;
  returncode = exit_code_of(handle.get());
  handle = {};
}

bool WatchedProcesses::hold(std::int64_t pid, std::uint64_t start, std::chrono::milliseconds keep_for) {
  const auto now = Clock::now();
  const std::lock_guard lock(mutex_);
  if (now - tidied_ >= kTidyEvery) close_unused_locked(now, {});
  auto& held = held_[pid];
  if (held.start != start) {
    held = {};
    held.start = start;
    held.handle = open_watched(pid, start);
  }
  held.look();
  if (held.ended) return false;
  held.used = now;
  held.keep_for = std::max(held.keep_for, keep_for);
  return true;
}

std::optional<std::int32_t> WatchedProcesses::returncode(const model::ProcessRef& ended) {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(ended.pid);
  if (found == held_.end() || found->second.start != ended.start) return std::nullopt;
  found->second.look();
  return found->second.returncode;
}

void WatchedProcesses::close_unused(std::chrono::milliseconds age) {
  const std::lock_guard lock(mutex_);
  close_unused_locked(Clock::now(), age);
}

void WatchedProcesses::close_unused_locked(Clock::time_point now, std::chrono::milliseconds age) {
  std::erase_if(held_, [&](const auto& entry) {
    const auto& held = entry.second;
    return now - held.used >= std::max(age, held.keep_for);
  });
  tidied_ = now;
}

}  // namespace hostscope::windows_os
