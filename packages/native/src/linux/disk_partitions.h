// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "model/disk.h"

namespace hostscope::linux_os {

// Where the table of mounts and what explains it is read.
struct MountSource {
  int proc;
  int sys;
  std::string process;  // whose mounts: a folder of procfs, e.g. "self"
  std::string dev_root;
};

// The mounts in the kernel's order; unless `all`, only those of file systems that live on a device.
Result<std::vector<model::DiskPartition>> disk_partitions(const MountSource& source, bool all);

}  // namespace hostscope::linux_os
