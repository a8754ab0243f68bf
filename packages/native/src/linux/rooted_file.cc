// SPDX-License-Identifier: Apache-2.0
#include "linux/rooted_file.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

namespace hostscope::linux_os {

UniqueFd open_in_root(const std::string& rootfs, const char* path) {
  // A pipe in the place of a file must not be waited for.
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  const UniqueFd root(::open(rootfs.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root) return {};
  while (*path == '/') ++path;
  open_how how{};
  how.flags = kFlags;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  UniqueFd file(static_cast<int>(::syscall(SYS_openat2, root.get(), path, &how, sizeof how)));
  // Before Linux 5.6, or in a sandbox that does not know the call: then no link is followed at the path's end.
  if (!file && (errno == ENOSYS || errno == EPERM)) file = UniqueFd(::openat(root.get(), path, kFlags | O_NOFOLLOW));
  return file;
}

}  // namespace hostscope::linux_os
