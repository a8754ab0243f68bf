// SPDX-License-Identifier: Apache-2.0
// How full a file system is. Everything here may block for as long as the file system does.
#pragma once

#include <sys/statvfs.h>

#include <optional>
#include <string>

#include "core/result.h"
#include "model/disk.h"

namespace hostscope::linux_os {

// What the kernel's numbers mean; empty if they are beyond 64 bits.
std::optional<model::DiskUsage> usage_of(const struct statvfs& space);

// The file system that an absolute path is on, below `rootfs`.
Result<model::DiskUsage> file_system_usage(const std::string& rootfs, const std::string& path);

}  // namespace hostscope::linux_os
