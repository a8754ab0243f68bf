// SPDX-License-Identifier: Apache-2.0
#include "linux/disk_partitions.h"

#include <fcntl.h>
#include <poll.h>

#include <cerrno>
#include <set>

#include "core/unique_fd.h"
#include "linux/block_device_name.h"
#include "linux/mount_table.h"
#include "linux/proc_file.h"

namespace hostscope::linux_os {
namespace {

// How often a table is read again that changed while it was read.
constexpr int kMountTries = 5;

Status unreadable(std::string_view why) {
  return {.reason = ErrorReason::kOsError, .message = "mounts of procfs " + std::string(why)};
}

bool denied(int error) { return error == EACCES || error == EPERM; }

// The kernel makes the table in pieces, so that a mount may come in twice or not at all if others change meanwhile; it
// tells by an event that they did.
bool has_changed(const UniqueFd& table) {
  pollfd event{table.get(), POLLPRI, 0};
  return ::poll(&event, 1, 0) > 0 && (event.revents & POLLPRI) != 0;
}

Result<std::vector<Mount>> read_mounts(const MountSource& source) {
  FileReader reader;
  std::vector<Mount> mounts;
  for (int tries = 0; tries < kMountTries; ++tries) {
    const UniqueFd table(::openat(source.proc, (source.process + "/mounts").c_str(), O_RDONLY | O_CLOEXEC));
    if (!table) return Status::os("open mounts of procfs", errno);
    const auto [text, error] = reader.read(table);
    if (error != 0) return Status::os("read mounts of procfs", error);
    if (text.size() >= FileReader::kLimit) return unreadable("is too long");
    mounts = parse_mounts(text);
    if (mounts.empty() && !text.empty()) return unreadable("has no line that can be read");
    if (!has_changed(table)) break;
  }
  return mounts;
}

// The kernel's own name for what it booted from says nothing: looks for the device itself.
std::string real_device(const MountSource& source, const Mount& mount) {
  FileReader reader;
  const auto [text, error] = reader.read(source.proc, (source.process + "/mountinfo").c_str());
  const auto number = error == 0 ? device_number_at(text, mount.mountpoint) : std::nullopt;
  const auto path = number ? block_device_path(source.proc, source.sys, source.dev_root, *number) : std::nullopt;
  return path.value_or(mount.device);
}

}  // namespace

Result<std::vector<model::DiskPartition>> disk_partitions(const MountSource& source, bool all) {
  auto mounts = read_mounts(source);
  if (!mounts) return std::move(mounts.status());
  std::set<std::string, std::less<>> on_devices;
  bool by_type = !all;
  if (by_type) {
    FileReader reader;
    const auto [text, error] = reader.read(source.proc, "filesystems");
    // Android hides the file: then any file system that has a device will do.
    if (error != 0 && !denied(error)) return Status::os("read filesystems of procfs", error);
    if (error == 0) on_devices = parse_device_file_systems(text);
    by_type = error == 0;
  }
  std::vector<model::DiskPartition> partitions;
  for (auto& mount : *mounts) {
    if (mount.device == "none") mount.device.clear();
    if (!all && (mount.device.empty() || (by_type && !on_devices.contains(mount.fstype)))) continue;
    if (mount.device == "/dev/root" || mount.device == "rootfs") mount.device = real_device(source, mount);
    model::DiskPartition partition{{}, std::move(mount.mountpoint), {}, std::move(mount.opts)};
    if (!mount.device.empty()) partition.device = std::move(mount.device);
    if (!mount.fstype.empty()) partition.fstype = std::move(mount.fstype);
    partitions.push_back(std::move(partition));
  }
  return partitions;
}

}  // namespace hostscope::linux_os
