// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "core/result.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

// Names of accounts, as DOMAIN\user. A domain controller may have to be asked, so they are kept. Thread-safe.
class AccountNames {
 public:
  // Of the user that a token is for. 0, or the error.
  DWORD of_token(HANDLE token, std::string& name);

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> names_;  // by the bytes of the SID
};

}  // namespace hostscope::windows_os
