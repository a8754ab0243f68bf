// SPDX-License-Identifier: Apache-2.0
#include "windows/sid_text.h"

#include <sddl.h>

namespace hostscope::windows_os {

std::string sid_text(PSID sid) {
  wchar_t* found = nullptr;
  if (!::ConvertSidToStringSidW(sid, &found)) return {};
  std::string text = utf8(found);
  ::LocalFree(found);
  return text;
}

}  // namespace hostscope::windows_os
