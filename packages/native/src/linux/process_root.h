// SPDX-License-Identifier: Apache-2.0
// Paths that the kernel tells of a process, looked up where that process would find them.
#pragma once

#include <string>
#include <string_view>

namespace hostscope::linux_os {

// What the kernel puts behind the path of a file that is no more. A file may really be called so.
inline constexpr std::string_view kDeletedMark = " (deleted)";

inline bool has_deleted_mark(std::string_view path) {
  return path.size() > kDeletedMark.size() && path.ends_with(kDeletedMark);
}

// Whether there is a file of exactly this absolute path in the root directory of the process. False if that cannot be
// known. May wait for a file system: only below a ReadGuard.
bool exists_in_root(int process_dir, const std::string& path);

}  // namespace hostscope::linux_os
