// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_layout.h"

#include <unistd.h>

#include <algorithm>

#include "linux/directory_names.h"

namespace hostscope::linux_os {
namespace {

bool is_version_2(const std::string& directory) {
  return ::access((directory + "/cgroup.controllers").c_str(), F_OK) == 0;
}

}  // namespace

std::vector<CgroupMount> cgroup_mounts_by_layout(const std::string& sys) {
  const std::string top = sys + "/fs/cgroup";
  if (is_version_2(top)) return {{"", "/", top}};
  std::vector<CgroupMount> mounts;
  for_each_name(AT_FDCWD, top.c_str(), [&](std::string_view found) {
    const std::string name(found), point = top + "/" + name;
    mounts.push_back({is_version_2(point) ? "" : name == "systemd" ? "name=systemd" : name, "/", point});
  });
  std::sort(mounts.begin(), mounts.end(), [](const auto& a, const auto& b) { return a.point < b.point; });
  return mounts;
}

}  // namespace hostscope::linux_os
