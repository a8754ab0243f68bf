// SPDX-License-Identifier: Apache-2.0
#include "linux/directory.h"

#include <algorithm>

#include "linux/directory_names.h"

namespace hostscope::linux_os {

std::optional<std::vector<std::string>> directory_entries(int dir, const char* name) {
  std::vector<std::string> names;
  const int error = for_each_name(dir, name, [&](std::string_view found) { names.emplace_back(found); });
  if (error != 0 && names.empty()) return std::nullopt;
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace hostscope::linux_os
