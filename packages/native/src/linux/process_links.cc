// SPDX-License-Identifier: Apache-2.0
// Paths that the kernel shows as links: the program and the working directory.
#include <fcntl.h>
#include <sys/stat.h>

#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

// The kernel marks the path of what was removed with " (deleted)", but something may really be called that.
void strip_deleted(int dir, const char* link, std::string& path) {
  constexpr std::string_view kMark = " (deleted)";
  if (!path.ends_with(kMark)) return;
  struct stat target {
  }, named{};
  if (::fstatat(dir, link, &target, 0) != 0) return;  // follows the link to the file itself, removed or not
  const bool really_so = target.st_nlink > 0 && ::stat(path.c_str(), &named) == 0 && named.st_dev == target.st_dev &&
                         named.st_ino == target.st_ino;
  if (!really_so) path.resize(path.size() - kMark.size());
}

}  // namespace

bool LinuxProcessReader::read_exe(Target& target) {
  return read_path(target, ProcessSource::kExe, A::kExe, "exe", target.row.exe);
}

bool LinuxProcessReader::read_cwd(Target& target) {
  return read_path(target, ProcessSource::kCwd, A::kCwd, "cwd", target.row.cwd);
}

bool LinuxProcessReader::read_path(Target& target, ProcessSource source, A attribute, const char* link,
                                   std::string& path) {
  if (!target.enter(source, {attribute})) return true;
  const auto found = reader_.read_link(target.directory(), link);
  if (found.error != 0 && !gone(found.error)) return fail(target, {attribute}, found.error);
  if (found.error != 0) {
    const Alive state = alive(target);
    if (state == Alive::kNo) return false;
    if (state == Alive::kZombie) {
      target.row.fail({attribute}, AttributeOutcome::kZombie, found.error);
      return true;
    }
    path.clear();  // a kernel thread has no program
  } else {
    path = found.text.substr(0, found.text.find('\0'));
    strip_deleted(target.directory(), link, path);
  }
  target.row.present.add(attribute);
  return true;
}

}  // namespace hostscope::linux_os
