// sources: linux/cgroup_mounts.cc linux/mount_table.cc linux/cgroup_layout.cc linux/pid_namespace.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/cgroup_mounts.h"

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

void reads_mountinfo() {
  const auto mounts = parse_cgroup_mounts(
      "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755\n"
      "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 master:1 - cgroup cgroup rw,cpu,cpuacct\n"
      "40 31 0:37 /docker/x\\040y /sys/fs/cgroup/systemd rw - cgroup systemd ro,xattr,release_agent=/a,name=systemd\n"
      "41 31 0:38 /../.. /host/sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n"
      "42 31 0:39 / /cgroup2 rw - ext4 cgroup2 rw\n");
  CHECK(mounts.size() == 3);
  CHECK(mounts[0].controllers == "cpu,cpuacct" && mounts[0].root == "/" &&
        mounts[0].point == "/sys/fs/cgroup/cpu,cpuacct");
  CHECK(mounts[1].controllers == "name=systemd" && mounts[1].root == "/docker/x y");
  CHECK(mounts[2].controllers.empty() && mounts[2].root == "/../.." && mounts[2].point == "/host/sys/fs/cgroup");
  for (const auto* text : {"", "\n\n", "1 2 3 / /x", "1 2 3 / /x rw -", "1 2 3 / /x rw - cgroup", "- cgroup2 x"}) {
    CHECK(parse_cgroup_mounts(text).empty());
  }
}

void finds_controllers() {
  CHECK(has_controller("cpu,cpuacct", "cpu") && has_controller("cpu,cpuacct", "cpuacct"));
  CHECK(!has_controller("cpuset", "cpu") && !has_controller("", "cpu") && !has_controller("name=systemd", "systemd"));
}

void finds_paths_below() {
  CHECK(path_below("/", "/") == "" && path_below("/", "/a/b") == "/a/b" && path_below("/a", "/a/b") == "/b");
  CHECK(path_below("/docker/x", "/docker/x") == "" && !path_below("/docker/x", "/docker/xy"));
  CHECK(!path_below("/docker/x", "/system.slice") && !path_below("/", "") && !path_below("/", "a"));
  // From inside a cgroup namespace two levels down.
  CHECK(path_below("/../..", "/../../system.slice/a") == "/system.slice/a" && path_below("/../..", "/../..") == "");
  CHECK(!path_below("/", "/../b") && !path_below("/", "/..") && !path_below("/..", "/../../b"));
  CHECK(!path_below("/../..", "/") && path_below("/", "/..b") == "/..b");
}

}  // namespace

int main() {
  reads_mountinfo();
  finds_controllers();
  finds_paths_below();
}
