// SPDX-License-Identifier: Apache-2.0
// The container that the path of a control group names, by the patterns of the runtimes that make such groups.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hostscope::linux_os {

struct ContainerName {
  std::string id;
  std::string_view runtime;  // empty: the pattern does not tell which
};

// The innermost container of the path; empty if no part of it is one for certain.
std::optional<ContainerName> container_name(std::string_view path);

}  // namespace hostscope::linux_os
