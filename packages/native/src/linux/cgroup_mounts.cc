// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_mounts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "linux/cgroup_layout.h"
#include "linux/mount_table.h"
#include "linux/pid_namespace.h"
#include "linux/proc_file.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

// Options of the file system that are not controllers.
bool is_flag(std::string_view option) {
  constexpr std::string_view kFlags[] = {
      "rw", "ro", "none", "all", "noprefix", "clone_children", "xattr", "cpuset_v2_mode", "favordynmods"};
  return option.starts_with("release_agent=") ||
         std::find(std::begin(kFlags), std::end(kFlags), option) != std::end(kFlags);
}

std::string controllers_of(std::string_view options) {
  std::string out;
  while (!options.empty()) {
    const auto comma = std::min(options.find(','), options.size());
    const auto option = options.substr(0, comma);
    options.remove_prefix(std::min(comma + 1, options.size()));
    if (option.empty() || is_flag(option)) continue;
    if (!out.empty()) out += ',';
    out += option;
  }
  return out;
}

bool is_below(std::string_view directory, std::string_view path) {
  while (directory.ends_with('/')) directory.remove_suffix(1);
  return path.starts_with(directory) && path.substr(directory.size()).starts_with('/');
}

bool is_directory(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

std::vector<CgroupMount> parse_cgroup_mounts(std::string_view mountinfo) {
  std::vector<CgroupMount> mounts;
  while (!mountinfo.empty()) {
    auto line = take_line(mountinfo);
    for (int skipped = 0; skipped < 3; ++skipped) take_word(line);  // ids and device
    const auto root = take_word(line), point = take_word(line);
    std::string_view word = take_word(line);  // options, then any number of tags
    while (!word.empty() && word != "-") word = take_word(line);
    const auto type = take_word(line);
    take_word(line);  // the source
    if (type == "cgroup2") {
      mounts.push_back({"", unescaped(root), unescaped(point)});
    } else if (type == "cgroup") {
      auto controllers = controllers_of(take_word(line));
      if (!controllers.empty()) mounts.push_back({std::move(controllers), unescaped(root), unescaped(point)});
    }
  }
  return mounts;
}

bool has_controller(std::string_view controllers, std::string_view controller) {
  while (!controllers.empty()) {
    const auto comma = std::min(controllers.find(','), controllers.size());
    if (controllers.substr(0, comma) == controller) return true;
    controllers.remove_prefix(std::min(comma + 1, controllers.size()));
  }
  return false;
}

std::optional<std::string_view> path_below(std::string_view root, std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  while (root.ends_with('/')) root.remove_suffix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (!path.starts_with(root)) return std::nullopt;
  path.remove_prefix(root.size());
  const bool is_inside = path.empty() || path[0] == '/';
  const bool leads_out = path == "/.." || path.starts_with("/../");
  return is_inside && !leads_out ? std::optional(path) : std::nullopt;
}

CgroupMounts::CgroupMounts(int proc, const Roots& roots) {
  FileReader reader;
  auto known = parse_cgroup_mounts(reader.read(proc, "self/mountinfo").text);
  const auto elsewhere = std::stable_partition(known.begin(), known.end(),
                                               [&](const auto& mount) { return is_below(roots.sys, mount.point); });
  mounts_.assign(known.begin(), elsewhere);
  if (mounts_.empty()) mounts_ = cgroup_mounts_by_layout(roots.sys);
  // Of a tree of files, the mount points are another machine's.
  if (is_procfs(proc)) mounts_.insert(mounts_.end(), elsewhere, known.end());
}

CgroupLevels CgroupMounts::levels(std::string_view controller, std::string_view path) const {
  for (const auto& mount : mounts_) {
    if (controller.empty() ? !mount.controllers.empty() : !has_controller(mount.controllers, controller)) continue;
    const auto below = path_below(mount.root, path);
    if (!below || !is_directory(mount.point + std::string(*below))) continue;
    CgroupLevels levels;
    for (auto rest = *below; !rest.empty(); rest = rest.substr(0, rest.rfind('/'))) {
      levels.push_back(mount.point + std::string(rest));
    }
    levels.push_back(mount.point);
    return levels;
  }
  return {};
}

}  // namespace hostscope::linux_os
