// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "linux/net_namespace.h"
#include "model/network.h"

namespace hostscope::linux_os {

// The names of interface flags in psutil's order, for the flags of SIOCGIFFLAGS.
std::vector<std::string_view> flag_names(unsigned flags);

// The state of these interfaces of the namespace. Those that are gone by now are left out.
Result<std::vector<model::NetIfStats>> interface_stats(const NetNamespace& net, const std::vector<std::string>& names);

}  // namespace hostscope::linux_os
