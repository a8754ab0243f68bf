// SPDX-License-Identifier: Apache-2.0
#include "encode/sensors.h"
#include "gen/sensors.gen.h"
#include "handlers/guarded_answer.h"
#include "handlers/metric_watch.h"
#include "handlers/watches.h"
#include "sensor_source.h"

namespace hostscope {
namespace {

using gen::SensorsMetric;
using SensorsOut = gen::SensorsWatchResponseWriter;

constexpr WatchIntervals kSensorsIntervals{.otherwise = 5, .least = 1};

// Each source may get stuck by itself; what was stuck before is passed over.
Metric sensor_metric(SensorsMetric metric, Result<void> (*write)(const Collector&, ReadGuard&, SensorsOut&)) {
  return {.field = static_cast<std::uint32_t>(metric),
          .measures = false,
          .read = [write](const Context& context, const CallPtr& call, MetricDone done) {
            const auto read = [write, done = std::move(done)](const Collector& collector,
                                                              ReadGuard& guard) -> Result<wire::Buffer> {
              wire::Writer bytes;
              SensorsOut out(bytes);
              auto result = write(collector, guard, out);
              if (!result) return std::move(result.status());
              if (!guard.abandoned()) done(bytes.take());
              return wire::Buffer();
            };
            answer_guarded(context, call, read, sensor_name);
          }};
}

Result<void> temperatures(const Collector& collector, ReadGuard& guard, SensorsOut& out) {
  auto chips = collector.temperatures(guard);
  if (!chips) return std::move(chips.status());
  out.sensors_temperatures([&](auto& watch) {
    for (const auto& chip : *chips) watch.chips([&](auto& w) { encode::temperature_chip(chip, w); });
  });
  return {};
}

Result<void> fans(const Collector& collector, ReadGuard& guard, SensorsOut& out) {
  auto chips = collector.fans(guard);
  if (!chips) return std::move(chips.status());
  out.sensors_fans([&](auto& watch) {
    for (const auto& chip : *chips) watch.chips([&](auto& w) { encode::fan_chip(chip, w); });
  });
  return {};
}

Result<void> batteries(const Collector& collector, ReadGuard& guard, SensorsOut& out) {
  auto found = collector.batteries(guard);
  if (!found) return std::move(found.status());
  out.sensors_battery([&](auto& watch) {
    for (const auto& battery : *found) watch.batteries([&](auto& w) { encode::battery(battery, w); });
  });
  return {};
}

Metric metric_of(SensorsMetric metric) {
  switch (metric) {
    case SensorsMetric::kSensorsTemperatures:
      return sensor_metric(metric, temperatures);
    case SensorsMetric::kSensorsFans:
      return sensor_metric(metric, fans);
    default:
      return sensor_metric(metric, batteries);
  }
}

void watch_sensors(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::SensorsWatchRequest>(call);
  if (!request) return;
  join_metric_watch<SensorsOut, SensorsMetric>(context, call, gen::Method::kSensorsWatch, *request, kSensorsIntervals,
                                               "", metric_of);
}

}  // namespace

void add_sensors_watch_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kSensorsWatch, Lane::kAsync, watch_sensors);
}

}  // namespace hostscope
