// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>

#include "linux/process_target.h"

namespace hostscope::linux_os {

bool LinuxProcessReader::read_num_fds(Target& target) {
  if (!target.enter(ProcessSource::kFds, {A::kNumFds})) return true;
  auto& row = target.row;
  struct stat info {};
  if (context_->is_procfs && ::fstatat(target.directory(), "fd", &info, 0) == 0 && info.st_size > 0) {
    // Since Linux 6.2 the directory's size is the number of its entries, which is told of others' processes too.
    row.num_fds = static_cast<std::uint32_t>(info.st_size);
  } else {
    const FdWalk* walk = fds(target, A::kNumFds);
    if (walk == nullptr) return true;
    if (walk->error != 0) return fail(target, {A::kNumFds}, walk->error);
    row.num_fds = walk->count;
  }
  row.present.add(A::kNumFds);
  return true;
}

}  // namespace hostscope::linux_os
