// SPDX-License-Identifier: Apache-2.0
// The memory of another process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "windows/win32.h"

namespace hostscope::windows_os {

// All of `size` bytes, or an error. A process that starts or ends may refuse for a moment; it is asked again.
DWORD read_memory(HANDLE process, std::uint64_t address, void* out, std::size_t size);

template <class T>
DWORD read_value(HANDLE process, std::uint64_t address, T& value) {
  return read_memory(process, address, &value, sizeof value);
}

}  // namespace hostscope::windows_os
