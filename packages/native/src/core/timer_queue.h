// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace hostscope {

// What is to happen when. Not thread-safe: its owner's lock guards it.
class TimerQueue {
 public:
  using Clock = std::chrono::steady_clock;
  using Id = std::pair<Clock::time_point, std::uint64_t>;

  struct Timer {
    std::function<void()> action;
    std::function<void()> dropped = {};  // in place of action, if the queue is closed before the time has come
  };

  Id add(Clock::time_point when, Timer timer) {
    const Id id{when, ++last_};
    timers_.emplace(id, std::move(timer));
    return id;
  }

  void remove(const Id& id) { timers_.erase(id); }

  std::optional<Clock::time_point> first() const {
    if (timers_.empty()) return std::nullopt;
    return timers_.begin()->first.first;
  }

  // The first timer whose time has come, taken out.
  std::optional<Timer> take_due(Clock::time_point now) {
    if (timers_.empty() || timers_.begin()->first.first > now) return std::nullopt;
    return std::move(timers_.extract(timers_.begin()).mapped());
  }

  std::vector<Timer> take_all() {
    std::vector<Timer> all;
    for (auto& [id, timer] : timers_) all.push_back(std::move(timer));
    timers_.clear();
    return all;
  }

  std::size_t size() const { return timers_.size(); }

 private:
  std::map<Id, Timer> timers_;
  std::uint64_t last_ = 0;
};

}  // namespace hostscope
