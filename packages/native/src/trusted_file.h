// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.h"

namespace hostscope {

// Reads a file that decides whom to trust, where rights on files are access control lists: one that belongs to this
// process's user, administrators or the system, that nobody else may write, and that, if it is `secret`, not everybody
// may read. May block.
Result<std::vector<std::byte>> read_trusted_file(const std::string& path, bool secret, std::size_t most);
// Whether a file is such a one, and what is at its path itself, no link. May block.
Result<void> check_trusted_file(const std::string& path);

}  // namespace hostscope
