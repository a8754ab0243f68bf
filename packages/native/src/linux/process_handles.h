// SPDX-License-Identifier: Apache-2.0
// Files of processes kept open from one list to the next: opening and closing them costs as much as reading them.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "core/unique_fd.h"

namespace hostscope::linux_os {

// One process, held by its directory in procfs: whatever is read through it is of this very process, or fails with
// ESRCH once it is gone, even if its pid belongs to another by then.
struct ProcessHandle {
  // Files the kernel makes anew from one record at each read from the start.
  enum File : std::uint8_t { kStat, kStatus, kStatm, kIo, kCmdline, kSchedstat };
  static constexpr std::size_t kFiles = 6;

  UniqueFd directory;
  std::array<UniqueFd, kFiles> files;  // opened when first read
  // Only where pidfds have inodes. It costs a sixth of a kept file, and tells how the process ended.
  UniqueFd pidfd;
  std::optional<std::uint64_t> pidfd_inode;
  std::optional<std::uint64_t> start;      // once stat was read
  std::optional<std::int32_t> returncode;  // of a zombie, if stat told it
  bool kept = false;                       // was used before: the process may be gone, and another may have its pid
  std::chrono::steady_clock::time_point used{};
  std::chrono::milliseconds keep_for{};  // without being used

  std::size_t descriptors() const;
  std::size_t open_files() const;
};

// Gives each handle to one reader at a time, so that readers need no lock while they read: a second reader of the same
// process opens it again. Holds no more descriptors than its budget; once the files have their part of it, processes
// are held without them. Thread-safe.
class ProcessHandles {
 public:
  explicit ProcessHandles(std::size_t budget);

  // The kept handle of this pid, or null.
  std::unique_ptr<ProcessHandle> take(std::int64_t pid);
  // Keeps it, or closes it if there is one already or no room.
  void put(std::int64_t pid, std::unique_ptr<ProcessHandle> handle);
  // Closes what was not used for `age`, nor for as long as its reader wanted it kept.
  void close_unused(std::chrono::milliseconds age);

  // A share of the descriptors that this program may have, so that its other work always finds some.
  static std::size_t default_budget();

 private:
  // Whether there is room, with the lock.
  bool fits(const ProcessHandle& handle) const;
  void count(const ProcessHandle& handle, int sign);

  const std::size_t budget_, file_budget_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, std::unique_ptr<ProcessHandle>> handles_;
  std::size_t descriptors_ = 0, open_files_ = 0;
};

}  // namespace hostscope::linux_os
