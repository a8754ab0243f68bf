// SPDX-License-Identifier: Apache-2.0
// What is known about a Windows service before it is encoded.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "gen/win_service_values.gen.h"
#include "model/process.h"

namespace hostscope::model {

using gen::WinServiceAttribute;

class WinServiceAttributes {
 public:
  constexpr WinServiceAttributes() = default;
  constexpr WinServiceAttributes(std::initializer_list<WinServiceAttribute> attributes) {
    for (const auto attribute : attributes) add(attribute);
  }
  constexpr void add(WinServiceAttribute attribute) { bits_ |= bit(attribute); }
  constexpr void remove(WinServiceAttribute attribute) { bits_ &= ~bit(attribute); }
  constexpr bool has(WinServiceAttribute attribute) const { return (bits_ & bit(attribute)) != 0; }
  constexpr bool has_any(WinServiceAttributes others) const { return (bits_ & others.bits_) != 0; }

 private:
  static constexpr std::uint32_t bit(WinServiceAttribute attribute) {
    return std::uint32_t{1} << static_cast<unsigned>(attribute);
  }
  std::uint32_t bits_ = 0;
};

struct WinServiceFailure {
  WinServiceAttribute attribute;
  AttributeOutcome outcome;
  int os_error;
};

struct WinService {
  std::string name, display_name;
  std::optional<std::string> binpath, username, description;
  std::optional<gen::WinServiceStartType> start_type;
  std::optional<gen::WinServiceStatus> status;
  std::optional<std::int64_t> pid;
  std::vector<WinServiceFailure> failures;
};

// What became of a service that was acted on.
struct WinServiceChange {
  gen::WinServiceStatus status = gen::WinServiceStatus::kUnspecified;
  bool changed = false;
  std::optional<std::int64_t> pid;
  std::vector<std::string> dependents;  // names of those that had to be stopped first
};

}  // namespace hostscope::model
