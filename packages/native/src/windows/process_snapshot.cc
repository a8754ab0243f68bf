// SPDX-License-Identifier: Apache-2.0
#include "windows/process_snapshot.h"

#include <algorithm>

#include "windows/ntdll.h"

namespace hostscope::windows_os {
namespace {

constexpr std::size_t kUsualSize = 256 * 1024;

}  // namespace

Result<ProcessSnapshot> ProcessSnapshot::take() {
  const auto buffer = query_system(kSystemProcesses, kUsualSize);
  if (!buffer) return buffer.status();
  ProcessSnapshot snapshot;
  snapshot.entries_ = parse_process_entries(*buffer, reinterpret_cast<std::uint64_t>(buffer->data()));
  std::sort(snapshot.entries_.begin(), snapshot.entries_.end(),
            [](const auto& a, const auto& b) { return a.pid < b.pid; });
  for (const auto& entry : snapshot.entries_) {
    snapshot.counts_transfers_ |= entry.reads + entry.writes + entry.others != 0;
    snapshot.counts_faults_ |= entry.page_faults != 0;
    snapshot.counts_pools_ |= entry.nonpaged_pool != 0;
    for (const auto& thread : entry.threads) {
      snapshot.counts_switches_ |= thread.context_switches != 0;
      snapshot.tells_states_ |= thread.state != 0;
    }
  }
  return snapshot;
}

const ProcessEntry* ProcessSnapshot::find(std::int64_t pid) const {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), pid,
                       [](const ProcessEntry& entry, std::int64_t wanted) { return entry.pid < wanted; });
  return found != entries_.end() && found->pid == pid ? &*found : nullptr;
}

}  // namespace hostscope::windows_os
