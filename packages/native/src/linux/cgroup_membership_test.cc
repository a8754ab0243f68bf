// sources: linux/cgroup_membership.cc linux/container_name.cc linux/systemd_unit.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_membership.h"

#include "core/check.h"

using hostscope::linux_os::parse_cgroup_membership;

namespace {

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

void reads_version_2() {
  const auto group = parse_cgroup_membership("0::/system.slice/docker-" ID ".scope\n");
  CHECK(group.path == "/system.slice/docker-" ID ".scope" && group.unified && group.v1_paths.empty());
  CHECK(group.container_id == ID && group.container_runtime == "docker");
  CHECK(group.unit == "docker-" ID ".scope" && group.slice == "system.slice");
  const auto root = parse_cgroup_membership("0::/\n");
  CHECK(root.path == "/" && !root.container_id && !root.container_runtime && !root.unit && !root.slice);
}

void reads_version_1() {
  const auto group =
      parse_cgroup_membership("3:cpu,cpuacct:/a\n2:memory:/docker/" ID "\n1:name=systemd:/system.slice/ssh.service\n");
  CHECK(group.path == "/system.slice/ssh.service" && !group.unified && group.v1_paths.size() == 3);
  CHECK(group.v1_paths[0].first == "cpu,cpuacct" && group.v1_paths[0].second == "/a");
  CHECK(group.v1_paths[2].first == "name=systemd");
  CHECK(group.container_id == ID && group.unit == "ssh.service");
  CHECK(parse_cgroup_membership("2:memory:/m\n1:cpu:/c\n").path == "/m");
}

void reads_both_versions() {
  const auto group = parse_cgroup_membership("1:name=systemd:/user.slice/session-3.scope\n0::/\n5:pids:/lxc/web\n");
  CHECK(group.path == "/" && group.unified && group.v1_paths.size() == 2);
  CHECK(group.unit == "session-3.scope" && group.slice == "user.slice");
  CHECK(group.container_id == "web" && group.container_runtime == "lxc");
}

void reads_odd_paths() {
  CHECK(parse_cgroup_membership("0::/a:b/c d\n").path == "/a:b/c d");
  const auto removed = parse_cgroup_membership("0::/system.slice/x.service (deleted)\n");
  CHECK(removed.path == "/system.slice/x.service" && removed.unit == "x.service");
  CHECK(parse_cgroup_membership("0::/../../system.slice/ssh.service\n").unit == "ssh.service");
  const auto unnamed = parse_cgroup_membership("0::/kubepods/pod1/" ID "\n");
  CHECK(unnamed.container_id == ID && !unnamed.container_runtime);
}

void survives_anything() {
  for (const auto* text : {"", "\n", "::", "0:", "0::", "0::relative", "x\ny\n", "1::/x"}) {
    const auto group = parse_cgroup_membership(text);
    CHECK(group.path.empty() && !group.unified && group.v1_paths.empty());
  }
}

}  // namespace

int main() {
  reads_version_2();
  reads_version_1();
  reads_both_versions();
  reads_odd_paths();
  survives_anything();
}
