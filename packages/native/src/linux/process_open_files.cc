// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>

#include <string>

#include "linux/open_files.h"
#include "linux/process_root.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

// Whether what a path stands for is a regular file that still has this name. Asks through the descriptor itself: the
// path means something else here if the process lives in another file system. An errno if that cannot be known.
int is_named_file(int process_dir, const std::string& fd_link, const std::string& path, bool& result) {
  struct statx info {};
  // What is remembered of a file is enough; its server need not answer.
  if (::statx(process_dir, fd_link.c_str(), AT_STATX_DONT_SYNC, STATX_TYPE | STATX_NLINK, &info) != 0) return errno;
  result =
      S_ISREG(info.stx_mode) && info.stx_nlink > 0 && (!has_deleted_mark(path) || exists_in_root(process_dir, path));
  return 0;
}

}  // namespace

bool LinuxProcessReader::read_open_files(Target& target) {
  constexpr AttributeSet kGives{A::kOpenFiles};
  const auto* const walk = fds(target, A::kOpenFiles);
  if (walk == nullptr) return true;
  if (walk->error != 0) return fail(target, kGives, walk->error);
  auto& row = target.row;
  bool lost_some = walk->lost_some;
  for (const auto& [fd, path] : walk->paths) {
    if (!target.enter(ProcessSource::kOpenFiles, kGives)) return true;
    const auto number = std::to_string(fd);
    bool is_file = false;
    int error = is_named_file(target.directory(), "fd/" + number, path, is_file);
    if (error == 0 && !is_file) continue;
    FileText text;
    if (error == 0) {
      text = reader_.read_record(target.directory(), ("fdinfo/" + number).c_str());
      error = text.error;
    }
    if (gone(error)) {
      lost_some = true;  // closed meanwhile
      continue;
    }
    if (error == EACCES || error == EPERM) return fail(target, kGives, error);
    if (error != 0) continue;  // its file system fails: of which kind it is, nobody knows
    const auto info = parse_fdinfo(text.text);
    auto& file = row.open_files.emplace_back();
    file.path = path;
    file.fd = fd;
    file.position = info.position;
    file.flags = info.flags;
    if (info.flags) file.mode = open_mode(*info.flags);
  }
  if (lost_some && alive(target) == Alive::kNo) return false;
  row.present.add(A::kOpenFiles);
  return true;
}

}  // namespace hostscope::linux_os
