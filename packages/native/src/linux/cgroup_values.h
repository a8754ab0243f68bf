// SPDX-License-Identifier: Apache-2.0
// The texts of a control group's files, of both versions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/limits.h"

namespace hostscope::linux_os {

struct CpuQuota {
  double cpus = 0;
  double period = 0;  // seconds
};

// Version 2's cpu.max, "150000 100000". Empty if there is no limit ("max 100000").
std::optional<CpuQuota> parse_cpu_max(std::string_view text);

// Version 1's cpu.cfs_quota_us and cpu.cfs_period_us. Empty if there is no limit (a quota of -1).
std::optional<CpuQuota> parse_cfs_quota(std::string_view quota, std::string_view period);

// A file of one number. Empty for "max", and for what version 1 has in its place: the largest count of whole pages.
std::optional<std::uint64_t> parse_limit(std::string_view text);

// cpu.stat of either version. Empty if the group counts no periods.
std::optional<model::CgroupThrottling> parse_throttling(std::string_view text);

// What version 1's memory.stat says of the group and all those above it, seen or not.
struct HierarchicalLimits {
  std::optional<std::uint64_t> memory, memory_and_swap;
};
HierarchicalLimits parse_hierarchical_limits(std::string_view text);

}  // namespace hostscope::linux_os
