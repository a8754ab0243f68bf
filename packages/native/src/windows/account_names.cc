// SPDX-License-Identifier: Apache-2.0
#include "windows/account_names.h"

#include <sddl.h>

#include <vector>

namespace hostscope::windows_os {
namespace {

constexpr std::size_t kMostKept = 10'000;

// An account that was removed, or that nobody can be asked about, has its number for a name.
DWORD number_of(PSID sid, std::string& name) {
  wchar_t* text = nullptr;
  if (!::ConvertSidToStringSidW(sid, &text)) return ::GetLastError();
  name = utf8(text);
  ::LocalFree(text);
  return ERROR_SUCCESS;
}

DWORD look_up(PSID sid, std::string& name) {
  std::u16string user(256, u'\0'), domain(256, u'\0');
  while (true) {
    auto user_size = static_cast<DWORD>(user.size()), domain_size = static_cast<DWORD>(domain.size());
    SID_NAME_USE use{};
    if (::LookupAccountSidW(nullptr, sid, wide(user.data()), &user_size, wide(domain.data()), &domain_size, &use)) {
      name = utf8(wide(domain)) + "\\" + utf8(wide(user));
      return ERROR_SUCCESS;
    }
    if (::GetLastError() != ERROR_INSUFFICIENT_BUFFER || user.size() > 32'768) return number_of(sid, name);
    user.resize(user.size() * 2);
    domain.resize(domain.size() * 2);
  }
}

}  // namespace

DWORD AccountNames::of_token(HANDLE token, std::string& name) {
  alignas(TOKEN_USER) std::byte buffer[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  DWORD size = 0;
  if (!::GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &size)) return ::GetLastError();
  const PSID sid = reinterpret_cast<const TOKEN_USER*>(buffer)->User.Sid;
  const std::string key(static_cast<const char*>(sid), ::GetLengthSid(sid));
  {
    const std::lock_guard lock(mutex_);
    const auto known = names_.find(key);
    if (known != names_.end()) {
      name = known->second;
      return ERROR_SUCCESS;
    }
  }
  const DWORD error = look_up(sid, name);
  if (error != ERROR_SUCCESS) return error;
  const std::lock_guard lock(mutex_);
  if (names_.size() < kMostKept) names_.emplace(key, name);
  return ERROR_SUCCESS;
}

}  // namespace hostscope::windows_os
