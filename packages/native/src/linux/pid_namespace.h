// SPDX-License-Identifier: Apache-2.0
// Whose process ids a procfs shows.
#pragma once

#include <cstddef>
#include <string_view>

namespace hostscope::linux_os {

// From /proc/PID/status: by how many ids the process is known, one per pid namespace from that of the procfs down to
// the process's own. 0 if the kernel does not tell (before 4.1).
std::size_t count_nested_pids(std::string_view status);

// From the same: whether it is the first of a pid namespace below that of the procfs, so that all in it end with it.
bool is_first_of_namespace(std::string_view status);

// Whether `proc` is the kernel's own, not some other file system.
bool is_procfs(int proc);

// Whether `proc` is a procfs of the very pid namespace that this process is in. Only then do system calls on pids mean
// the processes that it shows.
bool is_own_pid_namespace(int proc);

}  // namespace hostscope::linux_os
