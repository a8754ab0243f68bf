// SPDX-License-Identifier: Apache-2.0
#include "handlers/watches.h"

namespace hostscope {

Result<double> watch_interval(std::optional<double> asked, const WatchIntervals& intervals) {
  constexpr double kMost = 3600;
  const double interval = asked.value_or(intervals.otherwise);
  if (interval >= intervals.least && interval <= kMost) return interval;
  std::string text = std::to_string(intervals.least);
  text.erase(text.find_last_not_of("0.") + 1);
  return Status::invalid_argument("interval", "must be from " + text + " to 3600 seconds");
}

void add_watch_handlers(Handlers& handlers) {
  add_process_watch_handlers(handlers);
  add_system_watch_handlers(handlers);
  add_sensors_watch_handlers(handlers);
}

}  // namespace hostscope
