// SPDX-License-Identifier: Apache-2.0
#include "linux/cpu_frequency.h"

#include <algorithm>
#include <map>
#include <string>

namespace hostscope::linux_os {
namespace {

using Frequencies = std::map<std::uint32_t, model::CpuFrequency>;  // by CPU

// A cpufreq directory and the CPUs it drives.
struct Policy {
  std::string path;
  std::vector<std::uint32_t> cpus;
};

// Policies since 4.2; before that each CPU has a directory of its own.
std::vector<Policy> find_policies(CpuTree& tree) {
  std::vector<Policy> policies;
  const UniqueFd cpufreq = open_directory(tree.dir(), "cpufreq");
  for (const auto number : numbered_entries(cpufreq.get(), "policy")) {
    Policy policy{"cpufreq/policy" + std::to_string(number) + "/", {number}};
    // The file is there but empty if all the policy's CPUs are offline.
    const auto affected = tree.list(policy.path + "affected_cpus");
    if (affected) policy.cpus = *affected;
    policies.push_back(std::move(policy));
  }
  if (!policies.empty()) return policies;
  for (const auto cpu : numbered_entries(tree.dir(), "cpu")) {
    const std::string path = "cpu" + std::to_string(cpu) + "/cpufreq";
    if (open_directory(tree.dir(), path.c_str())) policies.push_back({path + "/", {cpu}});
  }
  return policies;
}

// A file in kHz as MHz; empty if it cannot be read, says "<unknown>" or 0.
std::optional<double> read_mhz(CpuTree& tree, const std::string& path) {
  const auto khz = tree.number(path);
  return khz && *khz > 0 ? std::optional(static_cast<double>(*khz) / 1000) : std::nullopt;
}

std::optional<double> read_current(CpuTree& tree, const Policy& policy) {
  const auto scaling = read_mhz(tree, policy.path + "scaling_cur_freq");
  return scaling ? scaling : read_mhz(tree, policy.path + "cpuinfo_cur_freq");
}

Frequencies from_cpuinfo(const std::vector<CpuInfo>& cpus) {
  Frequencies frequencies;
  for (const auto& info : cpus) {
    if (info.cpu && info.mhz) frequencies[*info.cpu].current = *info.mhz;
  }
  return frequencies;
}

bool covers(const Frequencies& frequencies, const std::vector<Policy>& policies) {
  return std::all_of(policies.begin(), policies.end(), [&](const Policy& policy) {
    return std::all_of(policy.cpus.begin(), policy.cpus.end(), [&](auto cpu) { return frequencies.contains(cpu); });
  });
}

}  // namespace

std::vector<model::NumberedFrequency> cpu_frequencies(CpuTree& tree, const std::vector<CpuInfo>& cpus) {
  auto policies = find_policies(tree);
  for (auto& policy : policies) {
    std::erase_if(policy.cpus, [&](auto cpu) { return !tree.is_online(cpu); });
  }
  Frequencies frequencies = from_cpuinfo(cpus);
  // cpuinfo is one cheap read, but in a container its CPUs may be others than those of sysfs.
  const bool current_known = covers(frequencies, policies);
  if (!current_known) frequencies.clear();
  for (const auto& policy : policies) {
    if (policy.cpus.empty()) continue;
    const auto current = current_known ? std::nullopt : read_current(tree, policy);
    if (!current && !current_known) continue;
    const auto min = read_mhz(tree, policy.path + "scaling_min_freq");
    const auto max = read_mhz(tree, policy.path + "scaling_max_freq");
    for (const auto cpu : policy.cpus) {
      auto& frequency = frequencies[cpu];
      if (current) frequency.current = *current;
      frequency.min = min;
      frequency.max = max;
    }
  }
  std::vector<model::NumberedFrequency> out;
  for (const auto& [cpu, frequency] : frequencies) out.push_back({cpu, frequency});
  return out;
}

}  // namespace hostscope::linux_os
