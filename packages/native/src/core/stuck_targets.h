// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

namespace hostscope {

// One thing a thread can get stuck on: a source of values (ProcessSource, SensorSource) of one process, or of the
// device that has this number.
struct StuckTarget {
  std::int64_t pid;
  std::uint8_t kind;
  bool operator==(const StuckTarget&) const = default;
};

// What threads are stuck on at this moment, so that no second thread follows them. Thread-safe.
class StuckTargets {
 public:
  bool contains(StuckTarget target) const {
    if (count_.load(std::memory_order_acquire) == 0) [[likely]]
      return false;
    std::lock_guard lock(mutex_);
    return std::find(targets_.begin(), targets_.end(), target) != targets_.end();
  }

  // Once per stuck thread, each to be taken back by remove().
  void add(StuckTarget target) {
    std::lock_guard lock(mutex_);
    targets_.push_back(target);
    count_.store(targets_.size(), std::memory_order_release);
  }

  void remove(StuckTarget target) {
    std::lock_guard lock(mutex_);
    const auto found = std::find(targets_.begin(), targets_.end(), target);
    if (found != targets_.end()) targets_.erase(found);
    count_.store(targets_.size(), std::memory_order_release);
  }

 private:
  mutable std::mutex mutex_;
  std::vector<StuckTarget> targets_;  // a handful at most: one per thread of the pool
  std::atomic<std::size_t> count_{0};
};

}  // namespace hostscope
