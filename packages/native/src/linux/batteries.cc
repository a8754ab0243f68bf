// SPDX-License-Identifier: Apache-2.0
#include "linux/batteries.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "linux/sensor_values.h"

namespace hostscope::linux_os {
namespace {

const std::string kSupplies = "class/power_supply/";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// psutil's rule, which also finds batteries whose driver gives no type.
bool is_battery_name(std::string_view name) {
  return name.starts_with("BAT") || lower(name).find("battery") != std::string::npos;
}

// The files of one supply.
class SupplyReader {
 public:
  SupplyReader(SensorFiles& files, const std::string& name)
      : files_(files),
        folder_(kSupplies + name + "/"),
        number_(static_cast<std::uint32_t>(std::hash<std::string>()(name))) {}

  std::string text(const std::string& file) {
    return std::string(files_.text(SensorSource::kPowerSupply, number_, folder_ + file).value_or(""));
  }
  std::optional<std::int64_t> number(const std::string& file) { return parse_signed(text(file)); }

  BatteryFiles battery() {
    return {.energy = {number("energy_now"), number("energy_full"), number("power_now")},
            .charge = {number("charge_now"), number("charge_full"), number("current_now")},
            .capacity = number("capacity"),
            .time_to_empty_now = number("time_to_empty_now"),
            .status = text("status")};
  }

 private:
  SensorFiles& files_;
  const std::string folder_;
  const std::uint32_t number_;
};

std::optional<double> percent_of(const BatteryFiles::Amounts& amounts) {
  if (!amounts.now || !amounts.full || *amounts.now < 0 || *amounts.full < 0) return std::nullopt;
  if (*amounts.full == 0) return 0.0;
  return 100.0 * static_cast<double>(*amounts.now) / static_cast<double>(*amounts.full);
}

std::optional<double> percent(const BatteryFiles& files) {
  if (const auto exact = percent_of(files.energy)) return exact;
  if (const auto exact = percent_of(files.charge)) return exact;
  return files.capacity && *files.capacity >= 0 ? std::optional(static_cast<double>(*files.capacity)) : std::nullopt;
}

bool tells_time(const BatteryFiles::Amounts& amounts) { return amounts.now && amounts.rate && *amounts.now >= 0; }

std::optional<std::uint64_t> seconds_left(const BatteryFiles& files) {
  constexpr double kForever = 1e15;  // seconds; no battery, and no number that a clock could count to
  if (tells_time(files.energy) || tells_time(files.charge)) {
    const auto& amounts = tells_time(files.energy) ? files.energy : files.charge;
    const double rate = std::fabs(static_cast<double>(*amounts.rate));
    const double seconds = static_cast<double>(*amounts.now) / rate * 3600;
    return rate > 0 && seconds < kForever ? std::optional(static_cast<std::uint64_t>(seconds)) : std::nullopt;
  }
  if (!files.time_to_empty_now || *files.time_to_empty_now < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*files.time_to_empty_now);
}

std::optional<bool> plugged_by_status(std::string_view text) {
  const auto status = lower(text);
  if (status == "discharging") return false;
  if (status == "charging" || status == "full") return true;
  return std::nullopt;
}

}  // namespace

std::optional<bool> power_online(const std::vector<PowerSource>& sources) {
  std::optional<bool> online;
  for (const auto& source : sources) {
    const bool old_kernel = source.type.empty() && (source.name == "AC0" || source.name == "AC");
    const bool feeds = source.type == "Mains" || source.type.starts_with("USB") || source.type == "Wireless" ||
                       source.type == "BrickID" || old_kernel;
    if (!feeds || source.of_device || !source.online) continue;
    online = online.value_or(false) || *source.online > 0;  // 1 fixed, 2 programmable
  }
  return online;
}

model::Battery make_battery(std::string name, const BatteryFiles& files, std::optional<bool> online) {
  model::Battery battery;
  battery.name = std::move(name);
  battery.percent = percent(files);
  battery.power_plugged = online ? online : plugged_by_status(files.status);
  battery.unlimited = battery.power_plugged.value_or(false);
  if (!battery.unlimited) battery.secsleft = seconds_left(files);
  return battery;
}

std::vector<model::Battery> batteries(SensorFiles& files) {
  std::vector<std::string> names, others;
  std::vector<PowerSource> sources;
  for (const auto& name : files.entries(kSupplies)) {
    if (is_battery_name(name)) {
      names.push_back(name);
      continue;
    }
    SupplyReader supply(files, name);
    PowerSource source{name, supply.text("type"), supply.text("scope") == "Device", supply.number("online")};
    if (source.type == "Battery" && !source.of_device) others.push_back(name);
    sources.push_back(std::move(source));
  }
  names.insert(names.end(), others.begin(), others.end());  // last, for the first is to be psutil's
  if (names.empty()) return {};
  const auto online = power_online(sources);
  std::vector<model::Battery> batteries;
  for (const auto& name : names) {
    batteries.push_back(make_battery(name, SupplyReader(files, name).battery(), online));
  }
  return batteries;
}

}  // namespace hostscope::linux_os
