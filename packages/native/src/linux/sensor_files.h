// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/read_guard.h"
#include "linux/proc_file.h"
#include "sensor_source.h"

namespace hostscope::linux_os {

// Reads sensor files below sysfs. Hardware is asked at each read, over slow buses too: every file is entered at the
// guard for itself, so that a device counts as stuck only if one of its files is.
class SensorFiles {
 public:
  SensorFiles(int sys_root, ReadGuard& guard) : sys_(sys_root), guard_(guard) {}

  // Names of what is in a folder, sorted; none if there is no such folder. Asks no hardware.
  std::vector<std::string> entries(const std::string& folder) const;
  // Text of a file of the device `number`, without blanks around it, valid until the next read. Empty if the file or
  // the device cannot be read: drivers fail in every way (EIO, ENODEV, EAGAIN ...), each for one file alone.
  std::optional<std::string_view> text(SensorSource source, std::uint32_t number, const std::string& path);

 private:
  const int sys_;
  ReadGuard& guard_;
  FileReader reader_;
};

// Sensors of the chips of one name together, in the order in which the names were first met.
template <class Chip>
auto& sensors_of(std::vector<Chip>& chips, std::string_view name) {
  for (auto& chip : chips) {
    if (chip.name == name) return chip.sensors;
  }
  return chips.emplace_back(Chip{std::string(name), {}}).sensors;
}

}  // namespace hostscope::linux_os
