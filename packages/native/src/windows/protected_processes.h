// SPDX-License-Identifier: Apache-2.0
// Processes that no call may signal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "windows/process_snapshot.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

// Whether two names are the same to Windows, which ignores case. Of the basic alphabet only.
bool same_name(std::string_view a, std::string_view b);

// As of one moment: this process has the ancestors that it has.
class ProtectedProcesses {
 public:
  ProtectedProcesses(const ProcessSnapshot& snapshot, const std::vector<std::string>& names);

  // Why the process must be left alone; empty if it need not. `handle` may be null.
  std::optional<std::string> why(const ProcessEntry& process, HANDLE handle) const;

 private:
  const std::vector<std::string>& names_;
  std::vector<std::int64_t> own_line_;  // this process, its parent and so on
};

}  // namespace hostscope::windows_os
