// SPDX-License-Identifier: Apache-2.0
// Login sessions as systemd-logind keeps them in /run/systemd/sessions, for systems without utmp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linux/proc_file.h"
#include "model/host.h"

namespace hostscope::linux_os {

// The session that one file tells of; empty if it is none of a user (a greeter's, a service manager's), or is over.
std::optional<model::User> parse_logind_session(std::string_view text);

// All sessions below the host's root, by begin; none where logind does not run.
std::vector<model::User> logind_sessions(const std::string& rootfs, FileReader& reader);

}  // namespace hostscope::linux_os
