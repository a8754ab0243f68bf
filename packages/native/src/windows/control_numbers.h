// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace hostscope::windows_os {

// What may be sent to a process. Windows has no signals: the numbers are those by which psutil, C and Linux know what
// is done in place of each.
inline constexpr int kCtrlC = 0, kCtrlBreak = 1, kKill = 9, kTerminate = 15, kContinue = 18, kStop = 19;

struct ControlNumber {
  const char* name;
  std::int32_t number;
};
inline constexpr std::array<ControlNumber, 6> kControlNumbers{{{"CTRL_C_EVENT", kCtrlC},
                                                               {"CTRL_BREAK_EVENT", kCtrlBreak},
                                                               {"SIGKILL", kKill},
                                                               {"SIGTERM", kTerminate},
                                                               {"SIGCONT", kContinue},
                                                               {"SIGSTOP", kStop}}};

}  // namespace hostscope::windows_os
