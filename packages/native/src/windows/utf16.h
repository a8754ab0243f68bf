// SPDX-License-Identifier: Apache-2.0
// Text of Windows, which is UTF-16 and need not be well-formed. Knows no Windows: it is tested anywhere.
#pragma once

#include <string>
#include <string_view>

namespace hostscope::windows_os {

// Unpaired surrogates become U+FFFD.
std::string to_utf8(std::u16string_view text);
// What is not well-formed becomes U+FFFD.
std::u16string to_utf16(std::string_view text);

}  // namespace hostscope::windows_os
