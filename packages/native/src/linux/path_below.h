// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/unique_fd.h"

namespace hostscope::linux_os {

// A descriptor of `path`, symbolic links and ".." taken as if `root` were the root of all files; it can be asked about,
// but not read. Empty with errno set if there is none.
UniqueFd open_below(const UniqueFd& root, const std::string& path);

// The same one step at a time, for kernels without openat2().
UniqueFd walk_below(const UniqueFd& root, const std::string& path);

}  // namespace hostscope::linux_os
