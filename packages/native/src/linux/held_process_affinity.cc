// SPDX-License-Identifier: Apache-2.0
// The CPUs of a process that is held.
#include <algorithm>

#include "linux/affinity.h"
#include "linux/cpu_tree.h"
#include "linux/held_process.h"

namespace hostscope::linux_os {

Result<gen::Guarantee> LinuxHeldProcess::set_cpu_affinity(const std::vector<std::uint32_t>& cpus, Threads threads,
                                                          std::vector<std::uint32_t>& taken) {
  if (!cpus.empty()) {
    const auto last = *std::max_element(cpus.begin(), cpus.end());
    const auto possible = CpuTree(context_->sys.get()).list("possible");
    const auto most = possible && !possible->empty() ? possible->back() + 1 : kMostCpus;
    if (last >= std::min(most, kMostCpus)) {
      return Status::out_of_range(
          "cpus", "names CPU " + std::to_string(last) + "; this host can have 0 to " + std::to_string(most - 1));
    }
  }
  bool refused = false;
  const auto set = [&](pid_t thread) {
    const int error = set_affinity(thread, cpus);
    refused = refused || error == EINVAL;
    return error;
  };
  auto done = set_by_pid("set the CPUs", threads, set);
  if (refused) return Status::precondition("none of these CPUs is online and one that the process may have");
  if (!done) return done;
  if (affinity_of(ref_.pid, taken) != 0 || !has_pid()) return Status::target_left(ref_.pid);
  return done;
}

}  // namespace hostscope::linux_os
