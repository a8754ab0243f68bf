// SPDX-License-Identifier: Apache-2.0
// Processes that watches hold open: Windows tells only those who do how they end.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "model/process.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

// Thread-safe. While one is held nobody else gets its pid.
class WatchedProcesses {
 public:
  // Holds the process of this pid that was created at `start`, for so long as nobody holds it again. False if it has
  // ended; true also if it may not be opened, which is not tried again.
  bool hold(std::int64_t pid, std::uint64_t start, std::chrono::milliseconds keep_for);
  // How it ended; empty if that was not seen.
  std::optional<std::int32_t> returncode(const model::ProcessRef& ended);
  // Lets go of what nobody held for `age`, nor for as long as it was to be kept.
  void close_unused(std::chrono::milliseconds age);

 private:
  using Clock = std::chrono::steady_clock;

  struct Held {
    std::uint64_t start = 0;
    UniqueHandle handle;  // null if it may not be opened, or has ended
    bool ended = false;
    std::optional<std::int32_t> returncode;
    Clock::time_point used;
    std::chrono::milliseconds keep_for{};

    // Closes its handle once it has ended.
    void look();
  };

  void close_unused_locked(Clock::time_point now, std::chrono::milliseconds age);

  std::mutex mutex_;
  std::unordered_map<std::int64_t, Held> held_;
  Clock::time_point tidied_{};
};

}  // namespace hostscope::windows_os
