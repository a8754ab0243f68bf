// sources: linux/mount_table.cc linux/block_device_name.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/block_device_name.h"
#include "linux/mount_table.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_mounts) {
  for (const auto& mount : parse_mounts(text)) {
    CHECK(!mount.mountpoint.empty() && !mount.opts.empty());
    CHECK(mount.mountpoint.size() <= text.size());
  }
}

FUZZ_TARGET(unescaped) { CHECK(unescaped(text).size() <= text.size()); }

FUZZ_TARGET(device_number_at) { device_number_at(text, "/"); }

FUZZ_TARGET(parse_device_file_systems) {
  for (const auto& name : parse_device_file_systems(text)) CHECK(!name.empty());
}

FUZZ_TARGET(partition_name) { partition_name(text, "8:1"); }

FUZZ_TARGET(uevent_device_name) { uevent_device_name(text); }
