// SPDX-License-Identifier: Apache-2.0
#include "linux/ended_processes.h"

#include <utility>

#include "linux/exit_code.h"

namespace hostscope::linux_os {
namespace {

template <class Known>
bool is_of(const Known& known, const model::ProcessRef& ref) {
  return known.start == ref.start && known.pidfd_inode == ref.pidfd_inode;
}

}  // namespace

void EndedProcesses::add(int proc, std::int64_t pid, const ProcessHandle& handle) {
  const std::lock_guard lock(mutex_);
  add_locked(proc, pid, handle);
}

void EndedProcesses::add_locked(int proc, std::int64_t pid, const ProcessHandle& handle) {
  if (!handle.start) return;
  auto code = handle.returncode;
  if (handle.pidfd) {
    if (const auto told = find_returncode(proc, pid, handle.pidfd.get())) code = told;
  }
  if (!code) return;
  entries_.insert_or_assign(pid, Entry{handle.start, handle.pidfd_inode, *code, ++last_});
  by_age_.emplace_back(pid, last_);
  while (by_age_.size() > most_) {
    const auto [oldest, number] = by_age_.front();
    by_age_.pop_front();
    const auto entry = entries_.find(oldest);
    if (entry != entries_.end() && entry->second.number == number) entries_.erase(entry);
  }
}

std::optional<std::int32_t> EndedProcesses::returncode(int proc, const model::ProcessRef& ended,
                                                       ProcessHandles& handles) {
  const std::lock_guard lock(mutex_);
  if (auto handle = handles.take(ended.pid)) {
    if (is_of(*handle, ended)) {
      add_locked(proc, ended.pid, *handle);
    } else {
      handles.put(ended.pid, std::move(handle));
    }
  }
  const auto entry = entries_.find(ended.pid);
  if (entry == entries_.end() || !is_of(entry->second, ended)) return std::nullopt;
  return entry->second.returncode;
}

}  // namespace hostscope::linux_os
