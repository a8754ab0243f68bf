// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "linux/affinity.h"
#include "linux/cpu_tree.h"
#include "linux/proc_stat.h"
#include "linux/process_status.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {
AttributeSet LinuxProcessReader::from_status() const {
  return context_->own_pid_namespace ? kFromStatus : kFromStatus | AttributeSet{A::kCpuAffinity};
}

bool LinuxProcessReader::read_cpu_affinity(Target& target) {
  if (from_status().has(A::kCpuAffinity)) return true;  // was read with it
  if (!target.enter(ProcessSource::kAffinity, {A::kCpuAffinity})) return true;
  target.asked_by_pid = true;
  if (const int error = affinity_of(target.pid, target.row.cpu_affinity)) {
    return fail(target, {A::kCpuAffinity}, error);
  }
  target.row.present.add(A::kCpuAffinity);
  return true;
}

void LinuxProcessReader::fill_cpu_affinity(Target& target, std::string_view allowed) {
  const auto cpus = parse_cpu_list(allowed);
  if (!cpus || cpus->empty()) {
    target.row.fail({A::kCpuAffinity}, AttributeOutcome::kUnsupported);
    return;
  }
  // The list may name every CPU that the machine could ever have; the system call gives those that it has now.
  if (online_cpus_.empty()) {
    const auto file = second_reader_.read(context_->proc.get(), "stat");
    for (const auto& cpu : parse_cpu_ticks(file.text).per_cpu) online_cpus_.push_back(cpu.cpu);
  }
  auto& row = target.row;
  std::set_intersection(cpus->begin(), cpus->end(), online_cpus_.begin(), online_cpus_.end(),
                        std::back_inserter(row.cpu_affinity));
  if (row.cpu_affinity.empty()) row.cpu_affinity = *cpus;
  row.present.add(A::kCpuAffinity);
}

}  // namespace hostscope::linux_os
