// SPDX-License-Identifier: Apache-2.0
#include "linux/affinity.h"

#include <sched.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace hostscope::linux_os {
namespace {

constexpr int kFirstMask = 1024, kLargestMask = 1 << 20;  // CPUs

struct Free {
  void operator()(cpu_set_t* mask) const { CPU_FREE(mask); }
};
using Mask = std::unique_ptr<cpu_set_t, Free>;

}  // namespace

// The kernel's mask has as many bits as it was built for: one that is too small is refused with EINVAL.
int affinity_of(std::int64_t thread, std::vector<std::uint32_t>& cpus) {
  for (int most = kFirstMask; most <= kLargestMask; most *= 2) {
    const Mask mask(CPU_ALLOC(most));
    const std::size_t size = CPU_ALLOC_SIZE(most);
    CPU_ZERO_S(size, mask.get());
    if (::sched_getaffinity(static_cast<pid_t>(thread), size, mask.get()) == 0) {
      // Most of the mask is empty: 8 bytes are looked at for each 64 CPUs that are not there.
      const auto* const words = reinterpret_cast<const unsigned long*>(mask.get());
      constexpr int kBits = 8 * sizeof *words;
      for (int first = 0; first < most; first += kBits) {
        for (auto rest = words[first / kBits]; rest != 0; rest &= rest - 1) {
          cpus.push_back(static_cast<std::uint32_t>(first + __builtin_ctzl(rest)));
        }
      }
      return 0;
    }
    if (errno != EINVAL) return errno;
  }
  return EINVAL;
}

// The kernel takes what its own mask has room for, and of that what is online and in the thread's cpuset. So all bits
// are all that it may have: the mask that it shows is the present one, not that.
int set_affinity(std::int64_t thread, const std::vector<std::uint32_t>& cpus) {
  const Mask mask(CPU_ALLOC(kMostCpus));
  const std::size_t size = CPU_ALLOC_SIZE(kMostCpus);
  std::memset(mask.get(), cpus.empty() ? 0xff : 0, size);
  for (const auto cpu : cpus) CPU_SET_S(cpu, size, mask.get());
  return ::sched_setaffinity(static_cast<pid_t>(thread), size, mask.get()) == 0 ? 0 : errno;
}

}  // namespace hostscope::linux_os
