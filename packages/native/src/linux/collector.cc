// SPDX-License-Identifier: Apache-2.0
#include "linux/collector.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <cerrno>
#include <string>

#include "linux/pid_namespace.h"

namespace hostscope {
namespace linux_os {
namespace {

using FileAttributes = struct statx;

bool is_file_system(const UniqueFd& root, unsigned magic) {
  struct statfs info {};
  return root && ::fstatfs(root.get(), &info) == 0 && static_cast<unsigned>(info.f_type) == magic;
}

// Whether a file of the root is another file system's, as containers that show their own meminfo have it (LXCFS). Asks
// for no attributes, so that a file system that hangs is not waited for.
bool is_mounted_over(const UniqueFd& root, const char* name) {
  constexpr int kFlags = AT_STATX_DONT_SYNC | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
  FileAttributes of_root{}, of_file{};
  if (::statx(root.get(), "", kFlags | AT_EMPTY_PATH, 0, &of_root) != 0) return true;
  if (::statx(root.get(), name, kFlags, 0, &of_file) != 0) return errno != ENOENT;
  return of_root.stx_dev_major != of_file.stx_dev_major || of_root.stx_dev_minor != of_file.stx_dev_minor;
}

// The files that are read on the calling thread.
bool is_any_mounted_over(const UniqueFd& proc) {
  for (const char* name : {"stat", "meminfo", "vmstat", "zoneinfo", "loadavg"}) {
    if (is_mounted_over(proc, name)) return true;
  }
  return false;
}

}  // namespace

LinuxCollector::LinuxCollector(const Roots& roots, std::vector<std::string> protected_names)
    : roots_(roots),
      context_(std::make_shared<ProcessContext>(roots)),
      sys_(context_->sys),
      procfs_(is_procfs(context_->proc.get())),
      cannot_block_(procfs_ && is_file_system(sys_, SYSFS_MAGIC) && !is_any_mounted_over(context_->proc)) {
  context_->protected_names = std::move(protected_names);
}

Result<std::string_view> LinuxCollector::read_proc(FileReader& reader, const char* name) const {
  if (!context_->proc) return Status::os("open the procfs root", ENOENT);
  const auto [text, error] = reader.read(context_->proc.get(), name);
  if (error != 0) return Status::os(std::string("read ") + name + " of procfs", error);
  return text;
}

}  // namespace linux_os

std::unique_ptr<Collector> make_collector(const Roots& roots, std::vector<std::string> protected_names) {
  return std::make_unique<linux_os::LinuxCollector>(roots, std::move(protected_names));
}

std::string_view platform_name() { return "linux"; }

}  // namespace hostscope
