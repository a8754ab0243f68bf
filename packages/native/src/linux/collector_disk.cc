// SPDX-License-Identifier: Apache-2.0
// The collector's methods about disks: where each looks.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "linux/collector.h"
#include "linux/disk_counters.h"
#include "linux/disk_partitions.h"
#include "linux/file_system_usage.h"

namespace hostscope::linux_os {
namespace {

Status no_procfs() { return Status::os("open the procfs root", ENOENT); }

}  // namespace

Result<std::vector<model::DiskPartition>> LinuxCollector::disk_partitions(bool all) const {
  if (!context_->proc) return no_procfs();
  const int proc = context_->proc.get();
  // From a container, its own mounts are not the host's, but those of the host's first process are.
  bool own = context_->own_pid_namespace && roots_.rootfs == "/";
  // A tree of plain files need not have that process.
  if (!own && !procfs_) own = ::faccessat(proc, "1/mounts", F_OK, 0) != 0;
  return linux_os::disk_partitions({proc, sys_.get(), own ? "self" : "1", roots_.dev}, all);
}

Result<model::DiskUsage> LinuxCollector::disk_usage(const std::string& path) const {
  return file_system_usage(roots_.rootfs, path);
}

Result<std::vector<model::NamedCounters>> LinuxCollector::disk_counters() const {
  if (!context_->proc) return no_procfs();
  return linux_os::disk_counters(context_->proc.get(), sys_.get());
}

}  // namespace hostscope::linux_os
