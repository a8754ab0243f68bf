// SPDX-License-Identifier: Apache-2.0
// The collector's methods on control groups and pressure.
#include <fcntl.h>

#include <algorithm>

#include "linux/cgroup_limits.h"
#include "linux/collector.h"
#include "linux/cpu_tree.h"
#include "linux/pressure.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {

// This process as the procfs knows it, which may be by another number than its own.
Result<std::optional<std::int64_t>> LinuxCollector::own_pid() const {
  FileReader reader;
  const auto [text, error] = reader.read_link(context_->proc.get(), "self");
  const auto pid = error == 0 ? whole_number32(text) : std::nullopt;
  return pid ? std::optional<std::int64_t>(*pid) : std::nullopt;
}

Result<std::optional<std::uint64_t>> LinuxCollector::max_pids() const {
  FileReader reader;
  const auto number = [&](const char* name) {
    const auto text = read_proc(reader, name);
    return text ? whole_number(trimmed(*text)) : std::nullopt;
  };
  const auto ids = number("sys/kernel/pid_max"), threads = number("sys/kernel/threads-max");
  return ids && threads ? std::min(ids, threads) : ids ? ids : threads;
}

Result<std::optional<model::CgroupLimits>> LinuxCollector::cgroup_limits(const model::ProcessCgroup& group) const {
  return read_cgroup_limits(CgroupMounts(context_->proc.get(), roots_), group);
}

Result<model::Pressure> LinuxCollector::pressure() const {
  const UniqueFd directory = open_directory(context_->proc.get(), "pressure");
  return directory ? read_pressure(directory.get(), "") : model::Pressure{};
}

Result<model::Pressure> LinuxCollector::cgroup_pressure(const model::ProcessCgroup& group) const {
  if (!group.unified) return model::Pressure{};
  const auto levels = CgroupMounts(context_->proc.get(), roots_).unified(group.path);
  if (levels.empty()) return model::Pressure{};
  const UniqueFd directory = open_directory(AT_FDCWD, levels[0].c_str());
  return directory ? read_pressure(directory.get(), ".pressure") : model::Pressure{};
}

}  // namespace hostscope::linux_os
