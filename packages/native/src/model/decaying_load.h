// SPDX-License-Identifier: Apache-2.0
// Load averages made of samples, where the kernel keeps none.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "model/cpu.h"

namespace hostscope::model {

// What is older than an average's minutes counts e times less. As long as it has sampled for less than those minutes,
// an average is one of the time it has: the rest does not count as idle.
class DecayingLoad {
 public:
  // `waiting`: how many waited at this moment, taken to hold since the sample before. The first one begins the time.
  void add(double waiting, std::uint64_t monotonic_ns);
  // Empty before the second sample.
  std::optional<LoadAverage> averages() const;

 private:
  struct Average {
    double seconds = 0;  // over which it goes
    double sum = 0, weight = 0;
  };

  std::array<Average, 3> averages_{{{60, 0, 0}, {300, 0, 0}, {900, 0, 0}}};
  std::optional<std::uint64_t> last_ns_;
};

}  // namespace hostscope::model
