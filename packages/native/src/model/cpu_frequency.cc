// SPDX-License-Identifier: Apache-2.0
#include "model/cpu_frequency.h"

namespace hostscope::model {
namespace {

struct Mean {
  double sum = 0;
  std::size_t count = 0;

  void add(std::optional<double> value) {
    if (!value) return;
    sum += *value;
    ++count;
  }
  std::optional<double> value() const {
    return count > 0 ? std::optional(sum / static_cast<double>(count)) : std::nullopt;
  }
};

}  // namespace

std::optional<CpuFrequency> mean_frequency(const std::vector<NumberedFrequency>& cpus) {
  if (cpus.empty()) return std::nullopt;
  Mean current, min, max;
  for (const auto& [cpu, frequency] : cpus) {
    current.add(frequency.current);
    min.add(frequency.min);
    max.add(frequency.max);
  }
  return CpuFrequency{*current.value(), min.value(), max.value()};
}

}  // namespace hostscope::model
