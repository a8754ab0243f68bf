// SPDX-License-Identifier: Apache-2.0
// Processes that no call may signal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linux/process_stat.h"

namespace hostscope::linux_os {

// Whether the kernel's name for a process, which it cuts after 15 bytes, may stand for `name`.
bool may_be_named(std::string_view comm, std::string_view name);

// As of one moment: this process may get other ancestors.
class ProtectedProcesses {
 public:
  // `proc` shows the processes of this program's own pid namespace.
  ProtectedProcesses(int proc, const std::vector<std::string>& names);

  // Why the process must be left alone; empty if it need not.
  std::optional<std::string> why(std::int64_t pid, const ProcessStat& stat) const;

 private:
  const std::vector<std::string>& names_;
  std::vector<std::int64_t> own_line_;  // this process, its parent and so on
};

}  // namespace hostscope::linux_os
