// SPDX-License-Identifier: Apache-2.0
// /proc/diskstats, and /sys/block where that is missing.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "model/counters.h"

namespace hostscope::linux_os {

// One row for each line that can be read; all of them are in the total.
std::vector<model::NamedCounters> parse_diskstats(std::string_view text);

// The `stat` file of one device of /sys/block. Empty if it is something else.
std::optional<model::Counters> parse_block_stat(std::string_view text);

// Every disk and partition below the roots. Only what /sys/block knows is a whole disk and in the total.
Result<std::vector<model::NamedCounters>> disk_counters(int proc, int sys);

}  // namespace hostscope::linux_os
