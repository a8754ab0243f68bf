// SPDX-License-Identifier: Apache-2.0
// How fast watches may collect: slower than they were asked to while this process is over its own budget.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "gen/watch_pace.gen.h"

namespace hostscope {

struct PaceReport {
  double interval = 0;  // seconds, as of now
  std::optional<double> cpu_percent;
  std::optional<std::uint64_t> rss;

  void write(gen::WatchPaceWriter& out) const {
    out.interval(interval);
    if (cpu_percent) out.cpu_percent(*cpu_percent);
    if (rss) out.rss(*rss);
  }
};

// Set by whoever watches this process, read by watches. Thread-safe.
class WatchPace {
 public:
  struct State {
    double stretch = 1;  // intervals are multiplied by it
    std::optional<double> cpu_percent;
    std::optional<std::uint64_t> rss;
  };

  void set(const State& state) {
    const std::lock_guard lock(mutex_);
    state_ = state;
  }
  State get() const {
    const std::lock_guard lock(mutex_);
    return state_;
  }

 private:
  mutable std::mutex mutex_;
  State state_;
};

}  // namespace hostscope
