// SPDX-License-Identifier: Apache-2.0
#include "windows/account_names.h"

#include "windows/sid_text.h"

namespace hostscope::windows_os {
namespace {

constexpr std::size_t kMostKept = 10'000;
// Accounts are renamed, if seldom; a domain controller that does not answer may do so soon.
constexpr std::chrono::minutes kKeepName{10}, kKeepNoName{1};

// Empty if there is none, or nobody can be asked about it.
std::string look_up(PSID sid) {
  std::u16string user(256, u'\0'), domain(256, u'\0');
  while (true) {
    auto user_size = static_cast<DWORD>(user.size()), domain_size = static_cast<DWORD>(domain.size());
    SID_NAME_USE use{};
    if (::LookupAccountSidW(nullptr, sid, wide(user.data()), &user_size, wide(domain.data()), &domain_size, &use)) {
      return utf8(wide(domain)) + "\\" + utf8(wide(user));
    }
    if (::GetLastError() != ERROR_INSUFFICIENT_BUFFER || user.size() > 32'768) return {};
    user.resize(user.size() * 2);
    domain.resize(domain.size() * 2);
  }
}

}  // namespace

bool same_account(std::string_view a, std::string_view b) {
  const std::u16string left = to_utf16(a), right = to_utf16(b);
  return ::CompareStringOrdinal(wide(left), static_cast<int>(left.size()), wide(right), static_cast<int>(right.size()),
                                TRUE) == CSTR_EQUAL;
}

DWORD AccountNames::of_token(HANDLE token, Account& account) {
  alignas(TOKEN_USER) std::byte buffer[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  DWORD size = 0;
  if (!::GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &size)) return ::GetLastError();
  const PSID sid = reinterpret_cast<const TOKEN_USER*>(buffer)->User.Sid;
  account.sid = sid_text(sid);
  if (account.sid.empty()) return ::GetLastError();
  {
    const std::lock_guard lock(mutex_);
    const auto known = names_.find(account.sid);
    if (known != names_.end() && Clock::now() < known->second.until) {
      account.name = known->second.name;
      return ERROR_SUCCESS;
    }
  }
  account.name = look_up(sid);
  const std::lock_guard lock(mutex_);
  if (names_.size() >= kMostKept) names_.clear();
  const auto until = Clock::now() + (account.name.empty() ? kKeepNoName : kKeepName);
  names_.insert_or_assign(account.sid, Kept{account.name, until});
  return ERROR_SUCCESS;
}

}  // namespace hostscope::windows_os
