// SPDX-License-Identifier: Apache-2.0
// Files of the watched host below its root, whose links may say "/": they mean that root, not ours.
#pragma once

#include <string>

#include "core/unique_fd.h"

namespace hostscope::linux_os {

// Opens `path` for reading as a process of that host would. Without a file, errno tells why.
UniqueFd open_in_root(const std::string& rootfs, const char* path);

}  // namespace hostscope::linux_os
