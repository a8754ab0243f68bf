// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_limits.h"

#include <fcntl.h>

#include <algorithm>

#include "linux/cgroup_values.h"
#include "linux/cpu_tree.h"
#include "linux/proc_file.h"

namespace hostscope::linux_os {
namespace {

// The files of a group and of those above it.
class Files {
 public:
  explicit Files(CgroupLevels levels) : levels_(std::move(levels)) {}

  bool empty() const { return levels_.empty(); }
  std::size_t depth() const { return levels_.size(); }

  // Empty text if the level has no such file: a controller is not switched on everywhere.
  std::string_view text(std::size_t level, const char* name) {
    return reader_.read(AT_FDCWD, (levels_[level] + "/" + name).c_str()).text;
  }
  std::optional<std::uint64_t> own(const char* name) { return parse_limit(text(0, name)); }
  std::optional<std::uint64_t> least(const char* name) {
    std::optional<std::uint64_t> out;
    for (std::size_t level = 0; level < depth(); ++level) {
      const auto value = parse_limit(text(level, name));
      if (value) out = std::min(*value, out.value_or(*value));
    }
    return out;
  }

 private:
  const CgroupLevels levels_;
  FileReader reader_;
};

using Out = model::CgroupLimits;

std::optional<CpuQuota> quota_of_version_2(Files& files, std::size_t level) {
  return parse_cpu_max(files.text(level, "cpu.max"));
}

std::optional<CpuQuota> quota_of_version_1(Files& files, std::size_t level) {
  const std::string quota(files.text(level, "cpu.cfs_quota_us"));
  return parse_cfs_quota(quota, files.text(level, "cpu.cfs_period_us"));
}

// Who is stopped is counted where the quota is set.
void read_cpu(Files& files, std::optional<CpuQuota> (*quota_at)(Files&, std::size_t), Out& out) {
  std::size_t limiting = 0;
  for (std::size_t level = 0; level < files.depth(); ++level) {
    const auto quota = quota_at(files, level);
    if (!quota || (out.cpu_quota && *out.cpu_quota <= quota->cpus)) continue;
    out.cpu_quota = quota->cpus;
    out.cpu_period = quota->period;
    limiting = level;
  }
  out.throttling = parse_throttling(files.text(limiting, "cpu.stat"));
}

// The first level that has the file: those below it have the same CPUs.
void read_cpuset(Files& files, const char* name, Out& out) {
  for (std::size_t level = 0; level < files.depth() && out.cpuset.empty(); ++level) {
    out.cpuset = parse_cpu_list(files.text(level, name)).value_or(std::vector<std::uint32_t>());
  }
}

void cpu_2(Files& files, Out& out) { read_cpu(files, quota_of_version_2, out); }
void cpu_1(Files& files, Out& out) { read_cpu(files, quota_of_version_1, out); }

void cpuset_2(Files& files, Out& out) { read_cpuset(files, "cpuset.cpus.effective", out); }

void cpuset_1(Files& files, Out& out) {
  read_cpuset(files, "cpuset.effective_cpus", out);
  if (out.cpuset.empty()) read_cpuset(files, "cpuset.cpus", out);  // before Linux 3.17
}

void memory_2(Files& files, Out& out) {
  out.memory_max = files.least("memory.max");
  out.memory_high = files.least("memory.high");
  out.memory_current = files.own("memory.current");
  out.swap_max = files.least("memory.swap.max");
  out.swap_current = files.own("memory.swap.current");
}

// Not the least over the levels: in version 1 a group may be free of those above it, and only memory.stat knows.
void memory_1(Files& files, Out& out) {
  const auto above = parse_hierarchical_limits(files.text(0, "memory.stat"));
  out.memory_max = above.memory ? above.memory : files.own("memory.limit_in_bytes");
  out.memory_current = files.own("memory.usage_in_bytes");
  const auto both = above.memory_and_swap ? above.memory_and_swap : files.own("memory.memsw.limit_in_bytes");
  const auto both_current = files.own("memory.memsw.usage_in_bytes");
  if (both && out.memory_max) out.swap_max = *both - std::min(*both, *out.memory_max);
  if (both_current && out.memory_current) {
    out.swap_current = *both_current - std::min(*both_current, *out.memory_current);
  }
}

void pids(Files& files, Out& out) {
  out.pids_max = files.least("pids.max");
  out.pids_current = files.own("pids.current");
}

struct Part {
  std::string_view controller;
  void (*version_1)(Files&, Out&);
  void (*version_2)(Files&, Out&);
};
constexpr Part kParts[] = {
    {"cpu", cpu_1, cpu_2},
    {"cpuset", cpuset_1, cpuset_2},
    {"memory", memory_1, memory_2},
    {"pids", pids, pids},
};

}  // namespace

std::optional<model::CgroupLimits> read_cgroup_limits(const CgroupMounts& mounts, const model::ProcessCgroup& group) {
  Files unified(group.unified ? mounts.unified(group.path) : CgroupLevels());
  bool seen = !unified.empty();
  Out out;
  out.path = group.path;
  for (const auto& part : kParts) {
    const auto version_1 = std::find_if(group.v1_paths.begin(), group.v1_paths.end(), [&](const auto& hierarchy) {
      return has_controller(hierarchy.first, part.controller);
    });
    if (version_1 == group.v1_paths.end()) {
      if (!unified.empty()) part.version_2(unified, out);
      continue;
    }
    Files files(mounts.of_controller(part.controller, version_1->second));
    if (files.empty()) continue;
    seen = true;
    out.version = 1;
    part.version_1(files, out);
  }
  return seen ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace hostscope::linux_os
