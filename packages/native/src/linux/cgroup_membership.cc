// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_membership.h"

#include "linux/container_name.h"
#include "linux/systemd_unit.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

constexpr std::string_view kServiceManager = "name=systemd";

// What the kernel appends for a zombie whose group was removed; the name of a group may contain anything else.
std::string_view without_deleted_mark(std::string_view path) {
  constexpr std::string_view kRemoved = " (deleted)";
  if (path.ends_with(kRemoved)) path.remove_suffix(kRemoved.size());
  return path;
}

const std::string* path_of(const model::ProcessCgroup& group, std::string_view controllers) {
  for (const auto& [name, path] : group.v1_paths) {
    if (name == controllers) return &path;
  }
  return nullptr;
}

void name_container(model::ProcessCgroup& group, std::string_view path) {
  if (group.container_id) return;
  if (auto name = container_name(path)) {
    group.container_id = std::move(name->id);
    if (!name->runtime.empty()) group.container_runtime = name->runtime;
  }
}

void name_unit(model::ProcessCgroup& group, std::string_view path) {
  auto place = systemd_place(path);
  if (!group.unit) group.unit = std::move(place.unit);
  if (!group.slice) group.slice = std::move(place.slice);
}

}  // namespace

model::ProcessCgroup parse_cgroup_membership(std::string_view text) {
  model::ProcessCgroup group;
  while (!text.empty()) {
    auto line = take_line(text);
    const auto first = line.find(':');
    const auto second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos || line.substr(second + 1, 1) != "/") continue;
    const auto controllers = line.substr(first + 1, second - first - 1);
    const auto path = without_deleted_mark(line.substr(second + 1));
    if (!controllers.empty()) {
      group.v1_paths.emplace_back(controllers, path);
    } else if (line.substr(0, first) == "0") {
      group.path = path;
      group.unified = true;
    }
  }
  const std::string* const managed = path_of(group, kServiceManager);
  if (!group.unified) {
    if (managed != nullptr)
      group.path = *managed;
    else if (!group.v1_paths.empty())
      group.path = group.v1_paths.front().second;
  }
  // Where both versions are in use, a runtime may know only one of them.
  name_container(group, group.path);
  name_unit(group, group.path);
  if (managed != nullptr) name_unit(group, *managed);
  for (const auto& [controllers, path] : group.v1_paths) name_container(group, path);
  return group;
}

}  // namespace hostscope::linux_os
