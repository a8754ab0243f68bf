// SPDX-License-Identifier: Apache-2.0
// /proc/cpuinfo, whose keys differ from one architecture to the next.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hostscope::linux_os {

// What one block of the file says, by CPU number.
struct CpuInfo {
  std::optional<std::uint32_t> cpu;
  std::optional<double> mhz;
  std::optional<std::uint64_t> physical_id, cores;  // the socket, and how many cores it has
};

std::vector<CpuInfo> parse_cpuinfo(std::string_view text);

// Cores of all sockets together; empty if the file does not tell, as on most ARM machines.
std::optional<std::uint32_t> count_cores(const std::vector<CpuInfo>& cpus);

}  // namespace hostscope::linux_os
