// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "windows/win32.h"

namespace hostscope::windows_os {

// In UTF-16 units.
inline constexpr std::size_t kLongestPath = 32'767;

// Of a file as the kernel names it, e.g. \Device\HarddiskVolume3\a.txt, what people call it: C:\a.txt. What has no
// other name keeps its own.
std::u16string dos_path(std::u16string_view native);

// Where the program of a process is. 0, or the error.
DWORD program_path(HANDLE process, std::string& path);
// The same by number, for those that cannot be opened. What that number means may change meanwhile: for a pid whose
// process is known to be there.
DWORD program_path(std::int64_t pid, std::string& path);

}  // namespace hostscope::windows_os
