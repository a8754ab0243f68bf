// SPDX-License-Identifier: Apache-2.0
// On which CPUs one thread may run, for as many CPUs as the kernel may have.
#pragma once

#include <cstdint>
#include <vector>

namespace hostscope::linux_os {

// Adds them to `cpus`, ascending. An errno.
int affinity_of(std::int64_t thread, std::vector<std::uint32_t>& cpus);

// CPUs above this are not in any kernel.
inline constexpr std::uint32_t kMostCpus = 1 << 16;

// Each of them below kMostCpus; none means all that the kernel lets it have. An errno.
int set_affinity(std::int64_t thread, const std::vector<std::uint32_t>& cpus);

}  // namespace hostscope::linux_os
