// SPDX-License-Identifier: Apache-2.0
// What need not be read of a process that has not run since the look before.
#include <algorithm>

#include "linux/linux_process_reader.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {

void LinuxProcessReader::skip_unchanged(Target& target) {
  // Only the first thread's file is there to be read, and of one that runs now the count is yet to come.
  if (target.stat.num_threads != 1 || target.stat.state == 'R') return;
  const auto file = read_file(target, ProcessHandle::kSchedstat);
  target.row.run = file.error == 0 ? parse_schedstat(file.text) : std::nullopt;
  const auto* earlier = target.query.earlier;
  if (earlier == nullptr || !target.row.run || earlier->run != target.row.run) return;
  const bool is_same = earlier->start == target.stat.starttime && earlier->pidfd_inode == target.row.ref.pidfd_inode;
  if (!is_same || earlier->looks >= EarlierLook::kMostLooks) return;
  auto skipped = target.wanted(kByRunning & target.query.skippable);
  // The name is of stat, which was read before the count: who ran between the two had a new count with an old name. A
  // short one is there already; a long one, which the command line completes, is as it was after a second look.
  if (comm_.size() < kCommMax || !earlier->settled) skipped.remove(A::kName);
  target.attributes = target.attributes.without(skipped);
  target.row.unchanged = skipped;
  for (const auto& failure : earlier->failures) {
    if (!skipped.has(failure.attribute)) continue;
    target.row.fail({failure.attribute}, failure.outcome, failure.os_error);
    target.row.unchanged.remove(failure.attribute);
  }
  // They wait for a process that hardly runs: not worth a descriptor and a page of the kernel each.
  for (const auto unused : {ProcessHandle::kStatus, ProcessHandle::kIo, ProcessHandle::kCmdline}) {
    target.handle->files[unused] = UniqueFd();
  }
}

}  // namespace hostscope::linux_os
