// SPDX-License-Identifier: Apache-2.0
// What the handlers of the three Watch calls share.
#pragma once

#include <optional>

#include "dispatch.h"

namespace hostscope {

// Seconds from one collection to the next.
struct WatchIntervals {
  double otherwise = 1, least = 1;
};

// The interval that was asked for; INVALID_ARGUMENT outside the least to an hour.
Result<double> watch_interval(std::optional<double> asked, const WatchIntervals& intervals);

void add_process_watch_handlers(Handlers& handlers);
void add_system_watch_handlers(Handlers& handlers);
void add_sensors_watch_handlers(Handlers& handlers);

}  // namespace hostscope
