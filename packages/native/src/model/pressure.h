// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace hostscope::model {

// Percent of the last 10, 60 and 300 seconds, and seconds in all.
struct PressureTime {
  double avg10 = 0, avg60 = 0, avg300 = 0, total = 0;
};

struct ResourcePressure {
  std::optional<PressureTime> some, full;
};

struct Pressure {
  std::optional<ResourcePressure> cpu, memory, io, irq;

  bool empty() const { return !cpu && !memory && !io && !irq; }
};

}  // namespace hostscope::model
