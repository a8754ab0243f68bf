// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/result.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

struct Account {
  std::string sid;   // S-1-...
  std::string name;  // DOMAIN\user; empty: it was removed, or nobody could be asked

  const std::string& shown() const { return name.empty() ? sid : name; }
};

// Whether Windows takes two names of accounts, or two SIDs, for one: in any case.
bool same_account(std::string_view a, std::string_view b);

// Accounts and their names. A domain controller may have to be asked, so names are kept for some time. Thread-safe.
class AccountNames {
 public:
  // Of the user that a token is for. 0, or the error.
  DWORD of_token(HANDLE token, Account& account);

 private:
  using Clock = std::chrono::steady_clock;
  struct Kept {
    std::string name;
    Clock::time_point until;
  };

  std::mutex mutex_;
  std::map<std::string, Kept> names_;  // by SID
};

}  // namespace hostscope::windows_os
