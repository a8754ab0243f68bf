// SPDX-License-Identifier: Apache-2.0
// What conditions on a held process go by.
#include "windows/held_process.h"

namespace hostscope::windows_os {

// By the handle that was verified. The account of a process that runs never changes; its threads may act for others.
Result<TargetFacts> WindowsHeldProcess::facts() const {
  HANDLE opened = nullptr;
  if (!::OpenProcessToken(handle_.get(), TOKEN_QUERY, &opened)) return failure("read its account", ::GetLastError());
  const UniqueHandle token(opened);
  Account account;
  const DWORD error = context_->accounts.of_token(token.get(), account);
  if (error != ERROR_SUCCESS) return failure("read its account", error);
  TargetFacts facts;
  facts.sid = std::move(account.sid);
  facts.account = std::move(account.name);
  facts.same_account = same_account;
  return facts;
}

}  // namespace hostscope::windows_os
