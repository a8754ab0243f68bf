// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/result.h"
#include "windows/process_entries.h"

namespace hostscope::windows_os {

// All processes at one moment, by pid. Needs no right on any of them.
class ProcessSnapshot {
 public:
  static Result<ProcessSnapshot> take();

  const std::vector<ProcessEntry>& entries() const { return entries_; }
  // Null if there is none.
  const ProcessEntry* find(std::int64_t pid) const;

  // Whether the kernel counts these at all. What runs in Windows' place may leave them 0 for every process, which no
  // Windows does.
  bool counts_switches() const { return counts_switches_; }
  bool counts_transfers() const { return counts_transfers_; }
  bool counts_faults() const { return counts_faults_; }
  bool counts_pools() const { return counts_pools_; }
  bool tells_states() const { return tells_states_; }

 private:
  std::vector<ProcessEntry> entries_;
  bool counts_switches_ = false, counts_transfers_ = false, counts_faults_ = false, counts_pools_ = false;
  bool tells_states_ = false;
};

}  // namespace hostscope::windows_os
