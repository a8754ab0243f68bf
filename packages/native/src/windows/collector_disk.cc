// SPDX-License-Identifier: Apache-2.0
// The collector's methods about disks.
#include <algorithm>

#include "model/percent.h"
#include "windows/collector.h"
#include "windows/failure.h"
#include "windows/win32.h"

namespace hostscope::windows_os {
namespace {

std::string_view drive_type(UINT type) {
  switch (type) {
    case DRIVE_REMOVABLE:
      return "removable";
    case DRIVE_FIXED:
      return "fixed";
    case DRIVE_REMOTE:
      return "remote";
    case DRIVE_CDROM:
      return "cdrom";
    case DRIVE_RAMDISK:
      return "ramdisk";
    case DRIVE_NO_ROOT_DIR:
      return "unmounted";
    default:
      return "unknown";
  }
}

// Without the boxes that ask for a disk to be put in.
class QuietErrors {
 public:
  QuietErrors() { ::SetThreadErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX, &before_); }
  ~QuietErrors() { ::SetThreadErrorMode(before_, nullptr); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;

 private:
  DWORD before_ = 0;
};

// Volumes that are mounted in folders of this one.
void add_mount_points(const std::u16string& drive, const model::DiskPartition& on,
                      std::vector<model::DiskPartition>& partitions) {
  std::u16string folder(MAX_PATH + 1, u'\0');
  const HANDLE search = ::FindFirstVolumeMountPointW(wide(drive), wide(folder.data()), MAX_PATH + 1);
  if (search == INVALID_HANDLE_VALUE) return;
  do {
    auto partition = on;
    partition.mountpoint += utf8(wide(folder));
    partitions.push_back(std::move(partition));
  } while (::FindNextVolumeMountPointW(search, wide(folder.data()), MAX_PATH + 1));
  ::FindVolumeMountPointClose(search);
}

// Without asking the drive itself: a server may be away, and the motor of a floppy drive takes seconds.
bool is_physical(const std::u16string& drive, UINT type) {
  const bool is_floppy = type == DRIVE_REMOVABLE && (drive[0] == u'A' || drive[0] == u'a');
  return !is_floppy && (type == DRIVE_FIXED || type == DRIVE_CDROM || type == DRIVE_REMOVABLE);
}

void add_drive(const std::u16string& drive, bool all, std::vector<model::DiskPartition>& partitions) {
  const UINT type = ::GetDriveTypeW(wide(drive));
  if (!all && !is_physical(drive, type)) return;
  std::u16string file_system(MAX_PATH + 1, u'\0');
  DWORD flags = 0;
  // A drive may have no disk in it.
  const bool ready = ::GetVolumeInformationW(wide(drive), nullptr, 0, nullptr, nullptr, &flags,
                                             wide(file_system.data()), MAX_PATH + 1);
  if (!all && !ready && type == DRIVE_CDROM) return;
  model::DiskPartition partition{.device = to_utf8(drive), .mountpoint = to_utf8(drive), .fstype = {}, .opts = {}};
  if (ready) {
    partition.fstype = utf8(wide(file_system));
    partition.opts = (flags & FILE_READ_ONLY_VOLUME) != 0 ? "ro," : "rw,";
  }
  partition.opts += drive_type(type);
  const auto shown = partition;
  partitions.push_back(std::move(partition));
  if (ready && (flags & FILE_SUPPORTS_REPARSE_POINTS) != 0) add_mount_points(drive, shown, partitions);
}

// 0, or the error.
DWORD ask_performance(HANDLE disk, DISK_PERFORMANCE& out) {
  std::vector<std::byte> buffer(sizeof(DISK_PERFORMANCE));
  constexpr std::size_t kMost = 1U << 20;
  while (true) {
    DWORD size = 0;
    if (::DeviceIoControl(disk, IOCTL_DISK_PERFORMANCE, nullptr, 0, buffer.data(), static_cast<DWORD>(buffer.size()),
                          &size, nullptr)) {
      std::copy_n(buffer.begin(), sizeof out, reinterpret_cast<std::byte*>(&out));
      return ERROR_SUCCESS;
    }
    const DWORD error = ::GetLastError();
    if (error != ERROR_INSUFFICIENT_BUFFER || buffer.size() >= kMost) return error;
    buffer.resize(buffer.size() * 2);
  }
}

}  // namespace

// On a drive, or on a server. A path without a drive is on that of the agent, which is nobody's business.
bool WindowsCollector::is_absolute(std::string_view path) const {
  const auto is_separator = [&](std::size_t at) { return path.size() > at && (path[at] == '\\' || path[at] == '/'); };
  const bool has_letter = !path.empty() && ((path[0] >= 'A' && path[0] <= 'Z') || (path[0] >= 'a' && path[0] <= 'z'));
  return (has_letter && path.substr(1).starts_with(':') && is_separator(2)) || (is_separator(0) && is_separator(1));
}

Result<std::vector<model::DiskPartition>> WindowsCollector::disk_partitions(bool all) const {
  const QuietErrors quiet;
  std::u16string names(26 * 4 + 1, u'\0');  // "A:\" and a zero for each letter
  const DWORD length = ::GetLogicalDriveStringsW(static_cast<DWORD>(names.size()), wide(names.data()));
  if (length == 0) return failure("list drives", ::GetLastError());
  std::vector<model::DiskPartition> partitions;
  for (const char16_t* drive = names.c_str(); *drive != u'\0'; drive += std::u16string_view(drive).size() + 1) {
    add_drive(drive, all, partitions);
  }
  return partitions;
}

Result<model::DiskUsage> WindowsCollector::disk_usage(const std::string& path) const {
  const QuietErrors quiet;
  std::u16string folder = to_utf16(path);
  ULARGE_INTEGER available{}, total{}, free{};
  DWORD error = ERROR_SUCCESS;
  if (!::GetDiskFreeSpaceExW(wide(folder), &available, &total, &free)) error = ::GetLastError();
  const auto last = folder.find_last_of(u"\\/");
  if (error == ERROR_DIRECTORY && last != std::u16string::npos) {
    // A file: its folder is on the same volume.
    folder.resize(last + 1);
    error = ::GetDiskFreeSpaceExW(wide(folder), &available, &total, &free) ? ERROR_SUCCESS : ::GetLastError();
  }
  if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND || error == ERROR_INVALID_NAME) {
    Status status = failure("measure the volume", error);
    status.reason = ErrorReason::kNotFound;
    return status;
  }
  if (error != ERROR_SUCCESS) return failure("measure the volume", error);
  model::DiskUsage usage;
  usage.total = total.QuadPart;
  usage.free = free.QuadPart;
  usage.used = usage.total - std::min(usage.total, usage.free);
  usage.percent = model::percent_of(static_cast<double>(usage.used), static_cast<double>(usage.total));
  return usage;
}

Result<std::vector<model::NamedCounters>> WindowsCollector::disk_counters() const {
  using model::DiskCounter;
  constexpr int kMostDisks = 64;
  constexpr std::uint64_t kTicksPerMillisecond = 10'000;
  std::vector<model::NamedCounters> rows;
  for (int number = 0; number < kMostDisks; ++number) {
    const std::string name = "PhysicalDrive" + std::to_string(number);
    const auto path = to_utf16("\\\\.\\" + name);
    const UniqueHandle disk(
        ::CreateFileW(wide(path), 0, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr));
    DISK_PERFORMANCE in{};
    // Numbers have gaps, and some disks do not count.
    if (!disk || ask_performance(disk.get(), in) != ERROR_SUCCESS) continue;
    model::NamedCounters row{.name = name, .counters = {}, .in_total = true};
    row.counters[DiskCounter::kReadCount] = in.ReadCount;
    row.counters[DiskCounter::kWriteCount] = in.WriteCount;
    row.counters[DiskCounter::kReadBytes] = static_cast<std::uint64_t>(in.BytesRead.QuadPart);
    row.counters[DiskCounter::kWriteBytes] = static_cast<std::uint64_t>(in.BytesWritten.QuadPart);
    row.counters[DiskCounter::kReadTime] = static_cast<std::uint64_t>(in.ReadTime.QuadPart) / kTicksPerMillisecond;
    row.counters[DiskCounter::kWriteTime] = static_cast<std::uint64_t>(in.WriteTime.QuadPart) / kTicksPerMillisecond;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace hostscope::windows_os
