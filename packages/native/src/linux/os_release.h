// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hostscope::linux_os {

// What /etc/os-release says of a distribution.
struct OsRelease {
  std::optional<std::string> pretty_name, name, version_id;
};

// Understands what os-release(5) allows: comments, single and double quotes, backslashes. The last of two equal keys
// counts, as in a shell. A value without its closing quote is none.
OsRelease parse_os_release(std::string_view text);

}  // namespace hostscope::linux_os
