// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "windows/account_names.h"
#include "windows/watched_processes.h"

namespace hostscope::windows_os {

// What every reader of one collector shares; outlives them.
struct ProcessContext {
  AccountNames accounts;
  WatchedProcesses watched;
  bool counts_handles = false;               // the kernel knows how many handles a process has
  std::vector<std::string> protected_names;  // of processes that no call may signal

  explicit ProcessContext(std::vector<std::string> protected_names);
};

}  // namespace hostscope::windows_os
