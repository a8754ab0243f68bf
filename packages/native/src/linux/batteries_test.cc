// sources: linux/batteries.cc linux/directory.cc linux/sensor_files.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/batteries.h"

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

constexpr std::int64_t kHour = 3600;

BatteryFiles discharging(BatteryFiles::Amounts energy, BatteryFiles::Amounts charge = {}) {
  BatteryFiles files;
  files.energy = energy;
  files.charge = charge;
  files.status = "Discharging";
  return files;
}

PowerSource source(std::string type, std::int64_t online) { return {"X", std::move(type), false, online}; }

void divides_what_is_of_one_kind() {
  const auto by_energy = make_battery("BAT0", discharging({30, 40, 10}, {1, 2, 3}), {});
  CHECK(by_energy.name == "BAT0" && by_energy.percent == 75.0 && by_energy.secsleft == 3 * kHour);
  CHECK(by_energy.power_plugged == false && !by_energy.unlimited);
  // An energy and a charge are not to be divided by each other, as psutil does.
  const auto by_charge = make_battery("BAT0", discharging({30, {}, {}}, {10, 40, 5}), {});
  CHECK(by_charge.percent == 25.0 && by_charge.secsleft == 2 * kHour);
  const auto neither = make_battery("BAT0", discharging({30, {}, {}}, {{}, 40, 5}), {});
  CHECK(!neither.percent && !neither.secsleft);
}

void takes_the_rate_without_its_sign() {
  CHECK(make_battery("BAT0", discharging({}, {10, 40, -5}), {}).secsleft == 2 * kHour);
}

void gives_no_time_that_it_cannot_know() {
  CHECK(!make_battery("BAT0", discharging({30, 40, 0}), {}).secsleft);
  CHECK(!make_battery("BAT0", discharging({9223372036854775807, 1, 1}), {}).secsleft);
  CHECK(!make_battery("BAT0", discharging({-30, 40, 10}), {}).secsleft);
  CHECK(make_battery("BAT0", discharging({0, 40, 10}), {}).secsleft == 0);
}

void falls_back_to_what_the_firmware_says() {
  BatteryFiles files;
  files.capacity = 63;
  files.time_to_empty_now = 7200;
  const auto battery = make_battery("BAT0", files, {});
  CHECK(battery.percent == 63.0 && battery.secsleft == 7200 && !battery.power_plugged);
  files.capacity = -1;
  files.time_to_empty_now = -1;
  CHECK(!make_battery("BAT0", files, {}).percent && !make_battery("BAT0", files, {}).secsleft);
}

void has_no_end_while_power_is_connected() {
  auto files = discharging({30, 40, 10});
  const auto plugged = make_battery("BAT0", files, true);
  CHECK(plugged.unlimited && plugged.power_plugged == true && !plugged.secsleft);
  for (const char* status : {"Charging", "full", "FULL"}) {
    files.status = status;
    CHECK(make_battery("BAT0", files, {}).unlimited);
    CHECK(!make_battery("BAT0", files, false).unlimited);
  }
  for (const char* status : {"", "Unknown", "Not charging"}) {
    files.status = status;
    CHECK(!make_battery("BAT0", files, {}).power_plugged && make_battery("BAT0", files, {}).secsleft == 3 * kHour);
  }
}

void tells_an_empty_battery_from_an_unknown_one() {
  CHECK(make_battery("BAT0", discharging({0, 40, {}}), {}).percent == 0.0);
  CHECK(make_battery("BAT0", discharging({0, 0, {}}), {}).percent == 0.0);
  CHECK(!make_battery("BAT0", {}, {}).percent);
}

void looks_at_every_source_of_power() {
  CHECK(!power_online({}));
  CHECK(power_online({source("Mains", 0)}) == false);
  CHECK(power_online({source("Mains", 0), source("USB", 1)}) == true);
  CHECK(power_online({source("USB_PD", 1), source("Mains", 0)}) == true);
  CHECK(power_online({source("Mains", 2)}) == true);
  CHECK(!power_online({source("UPS", 1), source("Battery", 1), source("", 1)}));
  CHECK(!power_online({{"ADP1", "Mains", false, {}}}));
  CHECK(!power_online({{"wacom_ac", "USB", true, 1}}));
  CHECK(power_online({{"AC", "", false, 0}}) == false && power_online({{"AC0", "", false, 1}}) == true);
}

}  // namespace

int main() {
  divides_what_is_of_one_kind();
  takes_the_rate_without_its_sign();
  gives_no_time_that_it_cannot_know();
  falls_back_to_what_the_firmware_says();
  has_no_end_while_power_is_connected();
  tells_an_empty_battery_from_an_unknown_one();
  looks_at_every_source_of_power();
}
