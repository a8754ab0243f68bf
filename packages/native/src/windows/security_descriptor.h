// SPDX-License-Identifier: Apache-2.0
// Who may do what to an object that is made here, and who somebody is, as texts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "windows/win32.h"

namespace hostscope::windows_os {

struct LocalFreer {
  void operator()(void* memory) const { ::LocalFree(memory); }
};
template <class T>
using LocalPointer = std::unique_ptr<T, LocalFreer>;

// Of a text in the security descriptor definition language.
Result<LocalPointer<void>> security_descriptor(const std::string& sddl);

// The user of a token, and the groups that count for it. Empty if the token does not tell.
struct TokenFacts {
  std::string user;
  std::vector<std::string> groups;
};
Result<TokenFacts> facts_of_token(HANDLE token);
// Of this process.
Result<TokenFacts> own_facts();

// "S-1-5-80-..." of a service, by which files are given to it alone; empty where there are none.
std::string service_sid(const std::string& name);

}  // namespace hostscope::windows_os
