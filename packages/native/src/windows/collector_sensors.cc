// SPDX-License-Identifier: Apache-2.0
// The collector's methods about sensors. Windows shows batteries only, all as one.
#include "windows/collector.h"
#include "windows/failure.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

Result<std::vector<model::Battery>> WindowsCollector::batteries(ReadGuard&) const {
  constexpr BYTE kUnknown = 255, kNoBattery = 128, kCharging = 8;
  SYSTEM_POWER_STATUS status{};
  if (!::GetSystemPowerStatus(&status)) return failure("read the battery", ::GetLastError());
  std::vector<model::Battery> batteries;
  // Of unknown status all bits are set.
  if (status.BatteryFlag == kUnknown || (status.BatteryFlag & kNoBattery) != 0) return batteries;
  model::Battery battery;
  if (status.BatteryLifePercent <= 100) battery.percent = status.BatteryLifePercent;
  if (status.ACLineStatus != kUnknown) battery.power_plugged = status.ACLineStatus == 1;
  battery.unlimited = battery.power_plugged.value_or(false) || (status.BatteryFlag & kCharging) != 0;
  if (!battery.unlimited && status.BatteryLifeTime != static_cast<DWORD>(-1)) battery.secsleft = status.BatteryLifeTime;
  batteries.push_back(std::move(battery));
  return batteries;
}

}  // namespace hostscope::windows_os
