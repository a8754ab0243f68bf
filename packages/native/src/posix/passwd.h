// SPDX-License-Identifier: Apache-2.0
// /etc/passwd of a system that is not this one, whose directories cannot be asked.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string_view>

namespace hostscope::posix {

// The name of the first entry with this id, as getpwuid has it; empty if there is none.
std::optional<std::string_view> name_in_passwd(std::string_view text, uid_t uid);

}  // namespace hostscope::posix
