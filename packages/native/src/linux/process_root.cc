// SPDX-License-Identifier: Apache-2.0
#include "linux/process_root.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "core/unique_fd.h"

namespace hostscope::linux_os {

bool exists_in_root(int process_dir, const std::string& path) {
  if (path.size() < 2 || path.front() != '/') return false;
  const UniqueFd root(::openat(process_dir, "root", O_PATH | O_DIRECTORY | O_CLOEXEC));
  struct stat info {};
  return root && ::fstatat(root.get(), path.c_str() + 1, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

}  // namespace hostscope::linux_os
