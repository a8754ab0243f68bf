// SPDX-License-Identifier: Apache-2.0
// How a process ended, for those who are not its parent too.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hostscope::linux_os {

// psutil's returncode from the status that a parent gets of wait(2). Empty if the process has not ended with it.
std::optional<std::int32_t> returncode_of(int wait_status);

// That status from /proc/PID/stat of a zombie. To those whom the kernel does not trust it says 0. Empty if the text has
// no such field.
std::optional<int> parse_exit_status(std::string_view stat);

// The returncode of a zombie from its stat; `directory` is its directory in procfs. Empty if the kernel does not tell,
// or threads of it live on.
std::optional<std::int32_t> returncode_in_stat(std::string_view stat, std::uint32_t num_threads, int directory);

// Whether the process of a pidfd has ended, as a zombie too. Stopped is not ended, and neither is a process whose first
// thread has ended before the others.
bool has_ended(int pidfd);

// Whether its parent has collected it. Until then nobody else has its pid.
bool is_collected(int pidfd);

// The returncode of the process of a pidfd, which has ended. Empty if the kernel does not tell (yet): some kernels tell
// it to everybody as soon as the parent has collected the process.
std::optional<std::int32_t> find_returncode(int proc, std::int64_t pid, int pidfd);

}  // namespace hostscope::linux_os
