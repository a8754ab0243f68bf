// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_values.h"

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

// What version 1 says when there is no limit, with the largest pages there are (64 KiB); with smaller ones it is more.
constexpr std::uint64_t kNoLimit = 0x7FFF'FFFF'FFFF'0000;

std::optional<CpuQuota> cpu_quota(std::optional<std::uint64_t> quota, std::optional<std::uint64_t> period) {
  if (!quota || !period || *period == 0) return std::nullopt;
  const auto microseconds = static_cast<double>(*period);
  return CpuQuota{static_cast<double>(*quota) / microseconds, microseconds / 1e6};
}

}  // namespace

std::optional<CpuQuota> parse_cpu_max(std::string_view text) {
  auto line = take_line(text);
  const auto quota = take_word(line), period = take_word(line);
  return cpu_quota(whole_number(quota), whole_number(period));
}

std::optional<CpuQuota> parse_cfs_quota(std::string_view quota, std::string_view period) {
  return cpu_quota(whole_number(trimmed(quota)), whole_number(trimmed(period)));
}

std::optional<std::uint64_t> parse_limit(std::string_view text) {
  const auto value = whole_number(trimmed(text));
  return value && *value < kNoLimit ? value : std::nullopt;
}

std::optional<model::CgroupThrottling> parse_throttling(std::string_view text) {
  std::optional<std::uint64_t> periods, throttled, microseconds, nanoseconds;
  while (!text.empty()) {
    auto line = take_line(text);
    const auto key = take_word(line);
    const auto value = whole_number(take_word(line));
    if (key == "nr_periods") periods = value;
    if (key == "nr_throttled") throttled = value;
    if (key == "throttled_usec") microseconds = value;
    if (key == "throttled_time") nanoseconds = value;
  }
  if (!periods || !throttled || !(microseconds || nanoseconds)) return std::nullopt;
  const double seconds =
      microseconds ? static_cast<double>(*microseconds) / 1e6 : static_cast<double>(*nanoseconds) / 1e9;
  return model::CgroupThrottling{*periods, *throttled, seconds};
}

HierarchicalLimits parse_hierarchical_limits(std::string_view text) {
  HierarchicalLimits out;
  while (!text.empty()) {
    auto line = take_line(text);
    const auto key = take_word(line);
    if (key == "hierarchical_memory_limit") out.memory = parse_limit(take_word(line));
    if (key == "hierarchical_memsw_limit") out.memory_and_swap = parse_limit(take_word(line));
  }
  return out;
}

}  // namespace hostscope::linux_os
