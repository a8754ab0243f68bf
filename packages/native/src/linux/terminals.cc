// SPDX-License-Identifier: Apache-2.0
#include "linux/terminals.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <memory>
#include <string_view>

namespace hostscope::linux_os {
namespace {

// /proc/PID/stat prints the kernel's packed number: minor in bits 0-7 and 20-31, major in bits 8-19.
dev_t device(std::int32_t tty_nr) {
  const auto bits = static_cast<std::uint32_t>(tty_nr);
  return makedev((bits >> 8) & 0xfff, (bits & 0xff) | ((bits >> 12) & 0xfff00));
}

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

std::optional<std::string> Terminals::name(std::int32_t tty_nr, Scans& scans) {
  if (tty_nr == 0) return std::nullopt;
  const std::lock_guard lock(mutex_);
  auto found = names_.find(device(tty_nr));
  if (found == names_.end() && !scans.done) {
    scans.done = true;
    scan();
    found = names_.find(device(tty_nr));
  }
  return found == names_.end() ? std::nullopt : std::optional(found->second);
}

void Terminals::scan() {
  names_.clear();
  scan_directory(dev_root_, "/dev/", true);
  scan_directory(dev_root_ + "/pts", "/dev/pts/", false);
}

void Terminals::scan_directory(const std::string& directory, const std::string& shown, bool only_tty) {
  const std::unique_ptr<DIR, CloseDirectory> entries(::opendir(directory.c_str()));
  if (!entries) return;
  while (const dirent* entry = ::readdir(entries.get())) {
    const std::string_view name(entry->d_name);
    if (name.front() == '.' || (only_tty && name.substr(0, 3) != "tty")) continue;
    struct stat info {};
    if (::fstatat(::dirfd(entries.get()), entry->d_name, &info, 0) != 0 || !S_ISCHR(info.st_mode)) continue;
    names_.emplace(info.st_rdev, shown + std::string(name));
  }
}

}  // namespace hostscope::linux_os
