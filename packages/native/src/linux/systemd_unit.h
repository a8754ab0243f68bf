// SPDX-License-Identifier: Apache-2.0
// How systemd names control groups: a directory per slice and per unit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hostscope::linux_os {

struct SystemdPlace {
  std::optional<std::string> unit;   // innermost, other than a slice
  std::optional<std::string> slice;  // innermost
};

// What the path of a control group says; a name keeps its own escapes, such as "\x2d", for they are part of it.
SystemdPlace systemd_place(std::string_view path);

}  // namespace hostscope::linux_os
