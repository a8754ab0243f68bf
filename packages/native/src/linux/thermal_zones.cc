// SPDX-License-Identifier: Apache-2.0
#include "linux/thermal_zones.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "linux/sensor_values.h"

namespace hostscope::linux_os {
namespace {

constexpr std::string_view kZone = "thermal_zone";
constexpr std::string_view kTripPoint = "trip_point_";
constexpr std::string_view kType = "_type";

void keep_lower(std::optional<double>& kept, std::optional<double> value) {
  if (value) kept = kept ? std::min(*kept, *value) : *value;
}

// One zone, below the given path.
class ZoneReader {
 public:
  ZoneReader(SensorFiles& files, std::string folder, std::uint32_t number)
      : files_(files), folder_(std::move(folder)), number_(number) {}

  std::optional<std::string> text(const std::string& name) {
    const auto text = files_.text(SensorSource::kThermalZone, number_, folder_ + name);
    return text ? std::optional(std::string(*text)) : std::nullopt;
  }
  std::optional<double> celsius(const std::string& name) {
    const auto content = text(name);
    return content ? parse_celsius(*content) : std::nullopt;
  }

  void add_trip_points(model::Temperature& temperature) {
    for (const auto& entry : files_.entries(folder_)) {
      if (!entry.starts_with(kTripPoint) || !entry.ends_with(kType)) continue;
      const std::string point = entry.substr(0, entry.size() - kType.size());
      const auto type = text(entry);
      if (type == "critical") keep_lower(temperature.critical, celsius(point + "_temp"));
      if (type == "hot" || type == "high") keep_lower(temperature.high, celsius(point + "_temp"));
    }
  }

 private:
  SensorFiles& files_;
  const std::string folder_;
  const std::uint32_t number_;
};

}  // namespace

std::vector<model::TemperatureChip> thermal_zones(SensorFiles& files) {
  std::vector<model::TemperatureChip> chips;
  const std::string zones = "class/thermal/";
  for (const auto& entry : files.entries(zones)) {
    if (!entry.starts_with(kZone)) continue;
    const auto number = whole_number32(std::string_view(entry).substr(kZone.size()));
    if (!number) continue;
    ZoneReader zone(files, zones + entry + "/", *number);
    const auto current = zone.celsius("temp");
    const auto type = current ? zone.text("type") : std::nullopt;
    if (!type) continue;
    model::Temperature temperature{.label = {}, .current = *current, .high = {}, .critical = {}};
    zone.add_trip_points(temperature);
    sensors_of(chips, *type).push_back(std::move(temperature));
  }
  return chips;
}

}  // namespace hostscope::linux_os
