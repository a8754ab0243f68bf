// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hostscope::linux_os {

// Names of what is in a directory below `dir`, sorted, without "." and ".."; empty if it cannot be read.
std::optional<std::vector<std::string>> directory_entries(int dir, const char* name);

}  // namespace hostscope::linux_os
