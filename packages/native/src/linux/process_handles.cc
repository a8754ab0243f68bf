// SPDX-License-Identifier: Apache-2.0
#include "linux/process_handles.h"

#include <sys/resource.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace hostscope::linux_os {

using std::chrono::steady_clock;

std::size_t ProcessHandle::descriptors() const {
  std::size_t open = directory ? 1 : 0;
  for (const auto& file : files) open += file ? 1 : 0;
  return open;
}

std::unique_ptr<ProcessHandle> ProcessHandles::take(std::int64_t pid) {
  const std::lock_guard lock(mutex_);
  auto node = handles_.extract(pid);
  if (!node) return nullptr;
  descriptors_ -= node.mapped()->descriptors();
  return std::move(node.mapped());
}

void ProcessHandles::put(std::int64_t pid, std::unique_ptr<ProcessHandle> handle) {
  const std::size_t descriptors = handle->descriptors();
  handle->kept = true;
  handle->used = steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (descriptors_ + descriptors > budget_) return;
  if (handles_.try_emplace(pid, std::move(handle)).second) descriptors_ += descriptors;
}

void ProcessHandles::close_unused(std::chrono::milliseconds age) {
  const auto oldest = steady_clock::now() - age;
  std::vector<std::unique_ptr<ProcessHandle>> unused;  // closed after the lock is let go
  const std::lock_guard lock(mutex_);
  for (auto entry = handles_.begin(); entry != handles_.end();) {
    if (entry->second->used > oldest) {
      ++entry;
      continue;
    }
    descriptors_ -= entry->second->descriptors();
    unused.push_back(std::move(entry->second));
    entry = handles_.erase(entry);
  }
}

std::size_t ProcessHandles::default_budget() {
  constexpr std::size_t kMost = 8192;  // each may pin a page of kernel memory
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  return std::min<rlim_t>(limit.rlim_cur / 2, kMost);
}

}  // namespace hostscope::linux_os
