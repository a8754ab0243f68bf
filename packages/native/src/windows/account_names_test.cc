// windows sources: windows/account_names.cc windows/sid_text.cc windows/utf16.cc
// SPDX-License-Identifier: Apache-2.0
// With Windows' own functions: what they take for equal is nobody else's to say.
#include "windows/account_names.h"

#include "core/check.h"

using namespace hostscope::windows_os;

namespace {

void test_same() {
  CHECK(same_account("CORP\\alice", "corp\\ALICE") && same_account("S-1-5-18", "s-1-5-18"));
  CHECK(same_account("CORP\\ümit", "corp\\ÜMIT"));
  CHECK(!same_account("CORP\\alice", "CORP\\alice2") && !same_account("CORP\\alice", "CORP/alice"));
  CHECK(!same_account("S-1-5-18", "S-1-5-1") && !same_account("a", ""));
  // No folding of one letter into two, as in other alphabets' rules: these are two accounts.
  CHECK(
      !same_account("CORP\\stra\xC3\x9F"
                    "e",
                    "CORP\\STRASSE"));
}

void test_own_token() {
  HANDLE opened = nullptr;
  CHECK(::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &opened));
  const UniqueHandle token(opened);
  AccountNames names;
  Account account, again;
  CHECK(names.of_token(token.get(), account) == ERROR_SUCCESS && names.of_token(token.get(), again) == ERROR_SUCCESS);
  CHECK(account.sid.starts_with("S-1-") && account.name.find('\\') != std::string::npos);
  CHECK(again.sid == account.sid && again.name == account.name && account.shown() == account.name);
  // By another way: the name gives the number.
  const auto name = to_utf16(account.name);
  std::byte sid[SECURITY_MAX_SID_SIZE];
  DWORD sid_size = sizeof sid, domain_size = 256;
  wchar_t domain[256];
  SID_NAME_USE use{};
  CHECK(::LookupAccountNameW(nullptr, wide(name), sid, &sid_size, domain, &domain_size, &use));
  std::byte user[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  DWORD size = 0;
  CHECK(::GetTokenInformation(token.get(), TokenUser, user, sizeof user, &size));
  CHECK(::EqualSid(sid, reinterpret_cast<const TOKEN_USER*>(user)->User.Sid));
  CHECK(names.of_token(nullptr, account) == ERROR_INVALID_HANDLE);
}

}  // namespace

int main() {
  test_same();
  test_own_token();
}
