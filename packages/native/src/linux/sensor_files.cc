// SPDX-License-Identifier: Apache-2.0
#include "linux/sensor_files.h"

#include "linux/directory.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {

std::vector<std::string> SensorFiles::entries(const std::string& folder) const {
  return directory_entries(sys_, folder.c_str()).value_or(std::vector<std::string>());
}

std::optional<std::string_view> SensorFiles::text(SensorSource source, std::uint32_t number, const std::string& path) {
  if (!guard_.enter(number, static_cast<std::uint8_t>(source))) return std::nullopt;
  const auto [text, error] = reader_.read(sys_, path.c_str());
  if (error != 0) return std::nullopt;
  return trimmed(text);
}

}  // namespace hostscope::linux_os
