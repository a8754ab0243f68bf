// SPDX-License-Identifier: Apache-2.0
#include "linux/terminals.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <string_view>

#include "linux/directory_names.h"

namespace hostscope::linux_os {
namespace {

// /proc/PID/stat prints the kernel's packed number: minor in bits 0-7 and 20-31, major in bits 8-19.
dev_t device(std::int32_t tty_nr) {
  const auto bits = static_cast<std::uint32_t>(tty_nr);
  return makedev((bits >> 8) & 0xfff, (bits & 0xff) | ((bits >> 12) & 0xfff00));
}

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
  for_each_name(AT_FDCWD, directory.c_str(), [&](std::string_view found) {
    if (only_tty && !found.starts_with("tty")) return;
    const std::string name(found);
    struct stat info {};
    if (::stat((directory + '/' + name).c_str(), &info) != 0 || !S_ISCHR(info.st_mode)) return;
    names_.emplace(info.st_rdev, shown + name);
  });
}

}  // namespace hostscope::linux_os
