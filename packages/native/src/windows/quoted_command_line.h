// SPDX-License-Identifier: Apache-2.0
// The way back of parse_command_line(). Knows no Windows: it is tested anywhere.
#pragma once

#include <string>
#include <vector>

namespace hostscope::windows_os {

// Each argument in quotes, the program first: without them Windows would try "C:\Program.exe" before
// "C:\Program Files\a.exe". The program's path must have no quotes in it, which no path of Windows has.
std::string quoted_command_line(const std::vector<std::string>& arguments);

}  // namespace hostscope::windows_os
