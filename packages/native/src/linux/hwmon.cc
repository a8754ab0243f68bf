// SPDX-License-Identifier: Apache-2.0
#include "linux/hwmon.h"

#include <compare>
#include <set>
#include <string>
#include <string_view>

#include "linux/sensor_values.h"

namespace hostscope::linux_os {
namespace {

const std::string kHwmon = "class/hwmon/";
const std::string kPlatform = "devices/platform/";

// A sensor's files are named <path>_input, <path>_label and so on. Sorted as text, as psutil does: temp10 before temp2.
struct Sensor {
  std::string folder, name;  // "class/hwmon/hwmon0/", "temp1"
  std::uint32_t chip;

  std::string file(std::string_view suffix) const { return folder + name + std::string(suffix); }
  std::string path() const { return folder + name; }
  bool operator<(const Sensor& other) const { return path() < other.path(); }
};
using Sensors = std::set<Sensor>;

// The sensors of `kind` ("temp", "fan") that have a file in a folder of the chip, which files they may be.
Sensors sensors_in(const SensorFiles& files, const std::string& folder, std::string_view kind, std::uint32_t chip) {
  Sensors sensors;
  for (const auto& entry : files.entries(folder)) {
    const auto underscore = entry.find('_');
    if (!entry.starts_with(kind) || underscore == std::string::npos) continue;
    sensors.insert({folder, entry.substr(0, underscore), chip});
  }
  return sensors;
}

// Number of an entry hwmonN, by which a stuck chip is known.
std::optional<std::uint32_t> chip_number(std::string_view entry) {
  constexpr std::string_view kPrefix = "hwmon";
  return entry.starts_with(kPrefix) ? whole_number32(entry.substr(kPrefix.size())) : std::nullopt;
}

// Calls `visit(folder, number)` for each chip of a folder of chips.
template <class Visit>
void for_each_chip(const SensorFiles& files, const std::string& chips, Visit&& visit) {
  for (const auto& entry : files.entries(chips)) {
    if (const auto number = chip_number(entry)) visit(chips + entry + "/", *number);
  }
}

Sensors find_temperatures(const SensorFiles& files) {
  Sensors sensors;
  for_each_chip(files, kHwmon, [&](const std::string& chip, std::uint32_t number) {
    sensors.merge(sensors_in(files, chip, "temp", number));
    sensors.merge(sensors_in(files, chip + "device/", "temp", number));  // old drivers, e.g. those of CentOS 6
  });
  // Some kernels show the CPU's chip at its device only.
  for (const auto& device : files.entries(kPlatform)) {
    if (!device.starts_with("coretemp.")) continue;
    const std::string chips = kPlatform + device + "/hwmon/";
    for_each_chip(files, chips, [&](const std::string& chip, std::uint32_t number) {
      for (const auto& sensor : sensors_in(files, chip, "temp", number)) {
        const Sensor twin{kHwmon + chip.substr(chips.size()), sensor.name, number};
        if (!sensors.contains(twin)) sensors.insert(sensor);
      }
    });
  }
  return sensors;
}

Sensors find_fans(const SensorFiles& files) {
  Sensors sensors;
  for_each_chip(files, kHwmon, [&](const std::string& chip, std::uint32_t number) {
    auto found = sensors_in(files, chip, "fan", number);
    sensors.merge(found.empty() ? sensors_in(files, chip + "device/", "fan", number) : found);
  });
  return sensors;
}

// Reads the files of one sensor after the other.
class SensorReader {
 public:
  SensorReader(SensorFiles& files, const Sensor& sensor) : files_(files), sensor_(sensor) {}

  // A number as `parse` reads it from <sensor><suffix>.
  template <class Value>
  std::optional<Value> value(std::string_view suffix, std::optional<Value> (*parse)(std::string_view)) {
    const auto text = read(sensor_.file(suffix));
    return text ? parse(*text) : std::nullopt;
  }
  std::optional<std::string> label() {
    const auto text = read(sensor_.file("_label"));
    return text && !text->empty() ? std::optional(std::string(*text)) : std::nullopt;
  }
  std::optional<std::string> chip_name() {
    const auto text = read(sensor_.folder + "name");
    return text ? std::optional(std::string(*text)) : std::nullopt;
  }

 private:
  std::optional<std::string_view> read(const std::string& path) {
    return files_.text(SensorSource::kHwmonChip, sensor_.chip, path);
  }
  SensorFiles& files_;
  const Sensor& sensor_;
};

}  // namespace

std::optional<std::vector<model::TemperatureChip>> hwmon_temperatures(SensorFiles& files) {
  const auto sensors = find_temperatures(files);
  if (sensors.empty()) return std::nullopt;
  std::vector<model::TemperatureChip> chips;
  for (const auto& sensor : sensors) {
    SensorReader reader(files, sensor);
    const auto current = reader.value("_input", parse_celsius);
    const auto chip = current ? reader.chip_name() : std::nullopt;
    if (!chip) continue;
    sensors_of(chips, *chip)
        .push_back({.label = reader.label(),
                    .current = *current,
                    .high = reader.value("_max", parse_celsius),
                    .critical = reader.value("_crit", parse_celsius)});
  }
  return chips;
}

std::vector<model::FanChip> hwmon_fans(SensorFiles& files) {
  std::vector<model::FanChip> chips;
  for (const auto& sensor : find_fans(files)) {
    SensorReader reader(files, sensor);
    const auto current = reader.value("_input", parse_rpm);
    const auto chip = current ? reader.chip_name() : std::nullopt;
    if (chip) sensors_of(chips, *chip).push_back({.label = reader.label(), .current = *current});
  }
  return chips;
}

}  // namespace hostscope::linux_os
