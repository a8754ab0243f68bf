// SPDX-License-Identifier: Apache-2.0
#include "encode/sensors.h"

#include "dispatch.h"
#include "handlers/guarded_answer.h"
#include "handlers/moment.h"
#include "sensor_source.h"

namespace hostscope {
namespace {

using gen::Method;

Result<void> temperatures(const Collector& collector, ReadGuard& guard, gen::SensorsTemperaturesResponseWriter& out) {
  const Moment begin;
  auto chips = collector.temperatures(guard);
  if (!chips) return std::move(chips.status());
  out.sample([&](auto& w) { begin.write(w); });
  for (const auto& chip : *chips) out.chips([&](auto& w) { encode::temperature_chip(chip, w); });
  return {};
}

Result<void> fans(const Collector& collector, ReadGuard& guard, gen::SensorsFansResponseWriter& out) {
  const Moment begin;
  auto chips = collector.fans(guard);
  if (!chips) return std::move(chips.status());
  out.sample([&](auto& w) { begin.write(w); });
  for (const auto& chip : *chips) out.chips([&](auto& w) { encode::fan_chip(chip, w); });
  return {};
}

Result<void> batteries(const Collector& collector, ReadGuard& guard, gen::SensorsBatteryResponseWriter& out) {
  const Moment begin;
  auto batteries = collector.batteries(guard);
  if (!batteries) return std::move(batteries.status());
  out.sample([&](auto& w) { begin.write(w); });
  for (const auto& battery : *batteries) out.batteries([&](auto& w) { encode::battery(battery, w); });
  return {};
}

// A method whose sources may each get stuck.
template <class Request, class ResponseWriter>
void add_guarded(Handlers& handlers, Method method,
                 Result<void> (*answer)(const Collector&, ReadGuard&, ResponseWriter&)) {
  handlers.add(method, Lane::kAsync, [answer](const Context& context, const CallPtr& call) {
    if (!parse_request<Request>(call)) return;
    const auto read = [answer](const Collector& collector, ReadGuard& guard) -> Result<wire::Buffer> {
      wire::Writer bytes;
      ResponseWriter response(bytes);
      auto result = answer(collector, guard, response);
      if (!result) return std::move(result.status());
      return bytes.take_buffer();
    };
    answer_guarded(context, call, read, sensor_name);
  });
}

}  // namespace

void add_sensors_handlers(Handlers& handlers) {
  add_guarded<gen::SensorsTemperaturesRequest>(handlers, Method::kSensorsSensorsTemperatures, temperatures);
  add_guarded<gen::SensorsFansRequest>(handlers, Method::kSensorsSensorsFans, fans);
  add_guarded<gen::SensorsBatteryRequest>(handlers, Method::kSensorsSensorsBattery, batteries);
}

}  // namespace hostscope
