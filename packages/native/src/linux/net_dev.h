// SPDX-License-Identifier: Apache-2.0
// /proc/net/dev: the interfaces of a network namespace and their traffic.
#pragma once

#include <string_view>
#include <vector>

#include "model/counters.h"

namespace hostscope::linux_os {

// One row for each line that can be read.
std::vector<model::NamedCounters> parse_net_dev(std::string_view text);

}  // namespace hostscope::linux_os
