// SPDX-License-Identifier: Apache-2.0
#include "linux/file_system_usage.h"

#include <fcntl.h>

#include <cerrno>

#include "core/unique_fd.h"
#include "linux/path_below.h"
#include "model/percent.h"

namespace hostscope::linux_os {
namespace {

Status failure(int error) {
  if (error == ENOENT || error == ENOTDIR) return Status::not_found("nothing is at this path", error);
  if (error == ENAMETOOLONG || error == ELOOP) {
    auto status =
        Status::invalid_argument("path", error == ELOOP ? "has too many symbolic links" : "has too long a name");
    status.os_error = error;
    return status;
  }
  return Status::os("ask the file system", error);
}

}  // namespace

std::optional<model::DiskUsage> usage_of(const struct statvfs& space) {
  const std::uint64_t unit = space.f_frsize;
  const std::uint64_t used = space.f_blocks > space.f_bfree ? space.f_blocks - space.f_bfree : 0;
  model::DiskUsage usage;
  if (__builtin_mul_overflow(std::uint64_t{space.f_blocks}, unit, &usage.total)) return std::nullopt;
  if (__builtin_mul_overflow(used, unit, &usage.used)) return std::nullopt;
  if (__builtin_mul_overflow(std::uint64_t{space.f_bavail}, unit, &usage.free)) return std::nullopt;
  usage.percent = model::percent_of(static_cast<double>(usage.used),
                                    static_cast<double>(usage.used) + static_cast<double>(usage.free));
  if (space.f_files > 0) {
    usage.inodes = space.f_files;
    usage.inodes_free = space.f_favail;
  }
  return usage;
}

Result<model::DiskUsage> file_system_usage(const std::string& rootfs, const std::string& path) {
  struct statvfs space {};
  if (rootfs == "/") {
    if (::statvfs(path.c_str(), &space) != 0) return failure(errno);
  } else {
    const UniqueFd root(::open(rootfs.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!root) return Status::os("open the root of the host's files", errno);
    const auto file = open_below(root, path);
    if (!file || ::fstatvfs(file.get(), &space) != 0) return failure(errno);
  }
  const auto usage = usage_of(space);
  if (!usage) return Status{.reason = ErrorReason::kOsError, .message = "the file system gives impossible numbers"};
  return *usage;
}

}  // namespace hostscope::linux_os
