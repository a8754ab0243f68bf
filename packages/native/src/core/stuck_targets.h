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

// What threads are stuck on at this moment, so that no other thread follows them. Thread-safe.
class StuckTargets {
 public:
  // Of `threads`, half at most are to be lost to what gets stuck again and again, a quarter to one kind of it.
  explicit StuckTargets(std::size_t threads = 16)
      : most_(std::max<std::size_t>(2, threads / 2)), most_of_a_kind_(std::max<std::size_t>(2, threads / 4)) {}

  // Whether a thread would follow one that is stuck: on the same, or on a kind that holds too many already, as anybody
  // may start processes whose files hang.
  bool bars(StuckTarget target) const {
    if (count_.load(std::memory_order_acquire) == 0) [[likely]]
      return false;
    std::lock_guard lock(mutex_);
    if (std::find(targets_.begin(), targets_.end(), target) != targets_.end()) return true;
    const auto is_alike = [&](const StuckTarget& other) { return other.kind == target.kind; };
    const auto alike = static_cast<std::size_t>(std::count_if(targets_.begin(), targets_.end(), is_alike));
    return alike >= most_of_a_kind_ || (alike > 0 && targets_.size() >= most_);
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
  const std::size_t most_, most_of_a_kind_;
  mutable std::mutex mutex_;
  std::vector<StuckTarget> targets_;  // a handful at most: one per thread of the pool
  std::atomic<std::size_t> count_{0};
};

}  // namespace hostscope
