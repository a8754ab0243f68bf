// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_kill.h"

#include <fcntl.h>
#include <unistd.h>

#include <unordered_set>

#include "linux/cgroup_membership.h"
#include "linux/cgroup_mounts.h"
#include "linux/directory.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

// Whether the group and those below it hold nobody but `pids`, and somebody. Looks at no more than so many groups.
bool holds_only(const std::unordered_set<std::int64_t>& pids, int directory, int& groups_left) {
  if (--groups_left < 0) return false;
  FileReader reader;
  const auto file = reader.read(directory, "cgroup.procs");
  if (file.error != 0) return false;
  auto text = file.text;
  while (!text.empty()) {
    const auto pid = whole_number32(take_line(text));  // 0: of another pid namespace
    if (!pid || !pids.contains(*pid)) return false;
  }
  const auto names = directory_entries(directory, ".");
  if (!names) return false;
  for (const auto& name : *names) {
    const UniqueFd below(::openat(directory, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (below && !holds_only(pids, below.get(), groups_left)) return false;
  }
  return true;
}

}  // namespace

bool kill_control_group(ProcessTree& tree, int proc, const Roots& roots) {
  FileReader reader;
  const auto group = parse_cgroup_membership(reader.read(tree.root()->directory(), "cgroup").text);
  if (!group.unified || group.path == "/") return false;
  const auto levels = CgroupMounts(proc, roots).unified(group.path);
  if (levels.empty()) return false;
  const UniqueFd directory(::open(levels[0].c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const UniqueFd kill(::openat(directory.get(), "cgroup.kill", O_WRONLY | O_CLOEXEC));
  if (!kill) return false;  // before 5.14, or not ours
  std::unordered_set<std::int64_t> pids;
  for (auto& member : tree.members()) {
    if (!member.is_protected && !tree.has_ended(member)) pids.insert(member.target.ref.pid);
  }
  int most_groups = 1000;
  return holds_only(pids, directory.get(), most_groups) && ::write(kill.get(), "1", 1) == 1;
}

}  // namespace hostscope::linux_os
