// SPDX-License-Identifier: Apache-2.0
#include "windows/adapters.h"

#include "windows/failure.h"

namespace hostscope::windows_os {

Result<void> for_each_adapter(const std::function<void(const IP_ADAPTER_ADDRESSES&)>& visit) {
  constexpr ULONG kFlags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
  constexpr int kTries = 6;
  ULONG size = 16 * 1024, error = ERROR_BUFFER_OVERFLOW;
  std::vector<std::byte> buffer;
  for (int tries = 0; tries < kTries && error == ERROR_BUFFER_OVERFLOW; ++tries) {
    buffer.resize(size);
    auto* const first = reinterpret_cast<IP_ADAPTER_ADDRESSES*>(buffer.data());
    error = ::GetAdaptersAddresses(AF_UNSPEC, kFlags, nullptr, first, &size);
    if (error == ERROR_NO_DATA) return {};
    if (error != ERROR_SUCCESS) continue;
    for (const auto* adapter = first; adapter != nullptr; adapter = adapter->Next) visit(*adapter);
    return {};
  }
  return failure("list network adapters", error);
}

}  // namespace hostscope::windows_os
