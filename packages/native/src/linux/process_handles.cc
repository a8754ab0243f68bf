// SPDX-License-Identifier: Apache-2.0
#include "linux/process_handles.h"

#include <sys/resource.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace hostscope::linux_os {

using std::chrono::steady_clock;

namespace {

constexpr std::size_t kMostFiles = 8192;  // each may pin a page of kernel memory

}  // namespace

std::size_t ProcessHandle::descriptors() const { return open_files() + (directory ? 1 : 0) + (pidfd ? 1 : 0); }

std::size_t ProcessHandle::open_files() const {
  std::size_t open = 0;
  for (const auto& file : files) open += file ? 1 : 0;
  return open;
}

ProcessHandles::ProcessHandles(std::size_t budget)
    : budget_(budget), file_budget_(std::min<std::size_t>(budget / 2, kMostFiles)) {}

bool ProcessHandles::fits(const ProcessHandle& handle) const {
  return descriptors_ + handle.descriptors() <= budget_ && open_files_ + handle.open_files() <= file_budget_;
}

void ProcessHandles::count(const ProcessHandle& handle, int sign) {
  descriptors_ += static_cast<std::size_t>(sign) * handle.descriptors();
  open_files_ += static_cast<std::size_t>(sign) * handle.open_files();
}

std::unique_ptr<ProcessHandle> ProcessHandles::take(std::int64_t pid) {
  const std::lock_guard lock(mutex_);
  auto node = handles_.extract(pid);
  if (!node) return nullptr;
  count(*node.mapped(), -1);
  return std::move(node.mapped());
}

void ProcessHandles::put(std::int64_t pid, std::unique_ptr<ProcessHandle> handle) {
  handle->kept = true;
  handle->used = steady_clock::now();
  std::array<UniqueFd, ProcessHandle::kFiles> too_many;  // closed after the lock is let go
  const std::lock_guard lock(mutex_);
  if (!fits(*handle)) too_many.swap(handle->files);
  if (!fits(*handle)) return;
  const auto [entry, is_new] = handles_.try_emplace(pid, std::move(handle));
  if (is_new) count(*entry->second, +1);
}

void ProcessHandles::close_unused(std::chrono::milliseconds age) {
  const auto now = steady_clock::now();
  std::vector<std::unique_ptr<ProcessHandle>> unused;  // closed after the lock is let go
  const std::lock_guard lock(mutex_);
  for (auto entry = handles_.begin(); entry != handles_.end();) {
    if (now - entry->second->used < std::max(age, entry->second->keep_for)) {
      ++entry;
      continue;
    }
    count(*entry->second, -1);
    unused.push_back(std::move(entry->second));
    entry = handles_.erase(entry);
  }
}

std::size_t ProcessHandles::default_budget() {
  constexpr std::size_t kMost = 32768;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return std::min<rlim_t>(limit.rlim_cur / 2, kMost);
}

}  // namespace hostscope::linux_os
