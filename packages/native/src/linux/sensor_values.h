// SPDX-License-Identifier: Apache-2.0
// What the one-line files of sensors and power supplies say.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "linux/text_scan.h"

namespace hostscope::linux_os {

// A whole number that may be negative; empty for anything else.
inline std::optional<std::int64_t> parse_signed(std::string_view text) {
  text = trimmed(text);
  const bool negative = text.starts_with('-');
  const auto magnitude = whole_number(negative ? text.substr(1) : text);
  if (!magnitude || *magnitude > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return std::nullopt;
  }
  return negative ? -static_cast<std::int64_t>(*magnitude) : static_cast<std::int64_t>(*magnitude);
}

// Thousandths of a degree as degrees Celsius. Empty below absolute zero, which is how the kernel says that it has no
// temperature (THERMAL_TEMP_INVALID).
inline std::optional<double> parse_celsius(std::string_view text) {
  constexpr std::int64_t kAbsoluteZero = -273150;
  const auto value = parse_signed(text);
  if (!value || *value < kAbsoluteZero) return std::nullopt;
  return static_cast<double>(*value) / 1000.0;
}

// Revolutions per minute.
inline std::optional<std::uint32_t> parse_rpm(std::string_view text) { return whole_number32(trimmed(text)); }

}  // namespace hostscope::linux_os
