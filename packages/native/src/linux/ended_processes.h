// SPDX-License-Identifier: Apache-2.0
// How processes ended that were kept open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "linux/process_handles.h"
#include "model/process.h"

namespace hostscope::linux_os {

// Whoever watches processes asks for each that is gone; several may, at different times, while the handle that knows is
// there but once. So what it told is remembered, of so many that ended last. Thread-safe.
class EndedProcesses {
 public:
  explicit EndedProcesses(std::size_t most = 8192) : most_(most) {}

  // Remembers what the handle knows of its process, which is gone.
  void add(int proc, std::int64_t pid, const ProcessHandle& handle);
  // How this process ended, as remembered or by its handle, which is closed then. Empty if nobody tells.
  std::optional<std::int32_t> returncode(int proc, const model::ProcessRef& ended, ProcessHandles& handles);

 private:
  struct Entry {
    std::optional<std::uint64_t> start, pidfd_inode;
    std::int32_t returncode;
    std::uint64_t number;  // counted up: a pid may end again before its first end is forgotten
  };
  void add_locked(int proc, std::int64_t pid, const ProcessHandle& handle);

  const std::size_t most_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, Entry> entries_;            // by pid
  std::deque<std::pair<std::int64_t, std::uint64_t>> by_age_;  // pid and number, the oldest first
  std::uint64_t last_ = 0;
};

}  // namespace hostscope::linux_os
