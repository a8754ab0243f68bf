// SPDX-License-Identifier: Apache-2.0
// Counters of devices and how fast they grow: what disks and network interfaces share.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "handlers/rates.h"
#include "handlers/shared_reads.h"
#include "handlers/system_metrics.h"

namespace hostscope {

using DeviceCounters = std::vector<model::NamedCounters>;

// One device, or all added up, and what it was in the collection before, if it was there.
struct DeviceActivity {
  std::string name;  // empty for all
  model::Counters now;
  std::optional<model::Counters> before;
  double seconds = 0;
};

struct CountedDevices {
  std::optional<DeviceActivity> total;
  std::vector<DeviceActivity> each;
};

inline CountedDevices activity_of(const Timed<DeviceCounters>& now,
                                  const std::optional<Timed<DeviceCounters>>& earlier) {
  std::map<std::string, model::Counters> before;
  if (earlier) {
    for (const auto& row : earlier->value) before.emplace(row.name, row.counters);
  }
  const double seconds = earlier ? now.seconds_since(*earlier) : 0;
  CountedDevices result;
  if (const auto total = model::total_of(now.value)) {
    result.total = DeviceActivity{"", *total, earlier ? model::total_of(earlier->value) : std::nullopt, seconds};
  }
  for (const auto& row : now.value) {
    const auto found = before.find(row.name);
    result.each.push_back(
        {row.name, row.counters, found != before.end() ? std::optional(found->second) : std::nullopt, seconds});
  }
  return result;
}

// A metric of the counters of all devices, wraps undone in the memory that all callers share.
inline Metric counter_metric(gen::SystemMetric metric, const SharedCounters SharedReads::*source,
                             std::function<void(const CountedDevices&, gen::SystemWatchResponseWriter&)> write) {
  auto previous = std::make_shared<Previous<DeviceCounters>>();
  return {.field = static_cast<std::uint32_t>(metric),
          .measures = true,
          .read = [source, previous, write = std::move(write)](const Context& context, const CallPtr& call,
                                                               MetricDone done) {
            (context.shared.get()->*source)
                .read(context, call, true, [previous, write, done = std::move(done)](const DeviceCounters& rows) {
                  const Timed<DeviceCounters> now{rows};
                  wire::Writer bytes;
                  gen::SystemWatchResponseWriter out(bytes);
                  write(activity_of(now, previous->exchange(now)), out);
                  done(bytes.take());
                });
          }};
}

}  // namespace hostscope
