// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "core/stuck_targets.h"

namespace hostscope {

// What one worker is reading, published for the supervisor, who takes the time: the worker pays one store and no clock.
// Layout of the word: pid in the low 32 bits, kind + 1 in the next 8 (0: no target), a step counter above.
class ReadProgress {
 public:
  std::uint64_t load() const { return word_.load(std::memory_order_relaxed); }
  bool abandoned() const { return abandoned_.load(std::memory_order_relaxed); }

  static std::optional<StuckTarget> target(std::uint64_t word) {
    const auto kind = static_cast<std::uint8_t>(word >> 32);
    if (kind == 0) return std::nullopt;
    return StuckTarget{static_cast<std::uint32_t>(word), static_cast<std::uint8_t>(kind - 1)};
  }

  // By the worker.
  void step(std::uint64_t target_bits) {
    ++steps_;
    word_.store(steps_ << 40 | target_bits, std::memory_order_relaxed);
  }
  // By whoever starts or gives up the job.
  void set_abandoned(bool abandoned) { abandoned_.store(abandoned, std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> word_{0};
  std::atomic<bool> abandoned_{false};
  std::uint64_t steps_ = 0;
};

// Told by a job before each read that may block.
class ReadGuard {
 public:
  ReadGuard(ReadProgress& progress, const StuckTargets& stuck) : progress_(progress), stuck_(stuck) {}

  // Publishes that the job reads `kind` (at most 254) of `pid` from now on. False if that must be left alone, because a
  // thread is stuck there already, too many are on this kind, or nobody waits for this job any more.
  bool enter(std::int64_t pid, std::uint8_t kind) {
    if (progress_.abandoned() || stuck_.bars({pid, kind})) [[unlikely]] {
      progress_.step(0);
      return false;
    }
    progress_.step((std::uint64_t{kind} + 1) << 32 | static_cast<std::uint32_t>(pid));
    return true;
  }

  // The job was taken for stuck and its result will be dropped: it may stop.
  bool abandoned() const { return progress_.abandoned(); }

 private:
  ReadProgress& progress_;
  const StuckTargets& stuck_;
};

}  // namespace hostscope
