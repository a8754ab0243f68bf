// SPDX-License-Identifier: Apache-2.0
// A process's own memory of how it was started. Knows no Windows: it is tested anywhere.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hostscope::windows_os {

// Arguments, program first, as the C library of the process splits them. None for an empty text.
std::vector<std::string> parse_command_line(std::u16string_view text);

// Variables of an environment block. Windows ignores case: names are in capitals, as in psutil. Without those that
// cmd.exe hides there ("=C:=C:\\"), nor what has no name.
std::vector<std::pair<std::string, std::string>> parse_environment_block(std::u16string_view block);

// Without the backslash at its end, unless it is that of a drive.
std::u16string_view without_last_backslash(std::u16string_view path);

}  // namespace hostscope::windows_os
