// SPDX-License-Identifier: Apache-2.0
// The record of login sessions in /run/utmp. Parsed here because the C library's getutxent() has one position for the
// whole process and one path for all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/host.h"

namespace hostscope::linux_os {

// Sessions of users, in the file's order; a record that is cut off at the end is left out.
std::vector<model::User> parse_utmp(std::string_view bytes);

// Where a session's user comes from: "localhost" for a local one, which has no host or a display of its own.
std::string session_host(std::string_view host);

}  // namespace hostscope::linux_os
