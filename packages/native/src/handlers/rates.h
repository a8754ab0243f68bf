// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include "core/clock.h"

namespace hostscope {

// What a reading was, and when: rates are measured from it.
template <class Value>
struct Timed {
  Value value;
  std::uint64_t monotonic_ns = core::monotonic_ns();

  double seconds_since(const Timed& earlier) const {
    return static_cast<double>(monotonic_ns - earlier.monotonic_ns) / 1e9;
  }
};

// Keeps the last reading for the next. Thread-safe, for a reading that was given up may still come.
template <class Value>
class Previous {
 public:
  std::optional<Timed<Value>> exchange(const Timed<Value>& now) {
    const std::lock_guard lock(mutex_);
    return std::exchange(last_, now);
  }

 private:
  std::mutex mutex_;
  std::optional<Timed<Value>> last_;
};

// Growth per second of a counter; empty if either is not known. One that was set back gives 0.
inline std::optional<double> rate(std::optional<std::uint64_t> before, std::optional<std::uint64_t> now,
                                  double seconds) {
  if (!before || !now || !(seconds > 0)) return std::nullopt;
  return *now < *before ? 0 : static_cast<double>(*now - *before) / seconds;
}

}  // namespace hostscope
