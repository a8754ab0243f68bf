// SPDX-License-Identifier: Apache-2.0
#include "model/decaying_load.h"

#include <cmath>

namespace hostscope::model {

void DecayingLoad::add(double waiting, std::uint64_t monotonic_ns) {
  const auto before = last_ns_;
  last_ns_ = monotonic_ns;
  if (!before || monotonic_ns <= *before) return;
  const double passed = static_cast<double>(monotonic_ns - *before) / 1e9;
  for (auto& average : averages_) {
    const double left = std::exp(-passed / average.seconds);
    average.sum = average.sum * left + waiting * (1 - left);
    average.weight = average.weight * left + (1 - left);
  }
}

std::optional<LoadAverage> DecayingLoad::averages() const {
  const auto value = [](const Average& average) { return average.sum / average.weight; };
  if (averages_[0].weight <= 0) return std::nullopt;
  return LoadAverage{value(averages_[0]), value(averages_[1]), value(averages_[2])};
}

}  // namespace hostscope::model
