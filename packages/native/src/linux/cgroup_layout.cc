// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_layout.h"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

namespace hostscope::linux_os {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

bool is_version_2(const std::string& directory) {
  return ::access((directory + "/cgroup.controllers").c_str(), F_OK) == 0;
}

}  // namespace

std::vector<CgroupMount> cgroup_mounts_by_layout(const std::string& sys) {
  const std::string top = sys + "/fs/cgroup";
  if (is_version_2(top)) return {{"", "/", top}};
  std::vector<CgroupMount> mounts;
  const std::unique_ptr<DIR, CloseDirectory> entries(::opendir(top.c_str()));
  while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
    const std::string name = entry->d_name, point = top + "/" + name;
    if (name.starts_with('.')) continue;
    mounts.push_back({is_version_2(point) ? "" : name == "systemd" ? "name=systemd" : name, "/", point});
  }
  std::sort(mounts.begin(), mounts.end(), [](const auto& a, const auto& b) { return a.point < b.point; });
  return mounts;
}

}  // namespace hostscope::linux_os
