// SPDX-License-Identifier: Apache-2.0
// Windows' network headers, and addresses as text.
#pragma once

// clang-format off
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <iphlpapi.h>
// clang-format on

#include <optional>
#include <string>

namespace hostscope::windows_os {

// `address`: the bytes of an in_addr or in6_addr.
inline std::optional<std::string> ip_text(int family, const void* address) {
  char text[INET6_ADDRSTRLEN]{};
  if (::inet_ntop(family, const_cast<void*>(address), text, sizeof text) == nullptr) return std::nullopt;
  return text;
}

}  // namespace hostscope::windows_os
