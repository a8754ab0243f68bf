// SPDX-License-Identifier: Apache-2.0
// The smaller files of /proc/PID: cmdline, environ, io and statm.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/process.h"

namespace hostscope::linux_os {

// Splits a command line. Arguments end with NUL; a title set by the program itself may be one text with spaces.
void parse_cmdline(std::string_view text, std::vector<std::string>& out);

// Splits the block at its NULs, as psutil does: it ends at the first empty entry and before one without a NUL; an entry
// without a name before its "=" is passed over. Of two with one name, the last counts for who makes a map of them.
void parse_environ(std::string_view text, std::vector<std::pair<std::string, std::string>>& out);

// Empty if no line could be read. Kernels print odd lines here; they are passed over.
std::optional<model::ProcessIoCounters> parse_process_io(std::string_view text);

std::optional<model::ProcessMemoryInfo> parse_statm(std::string_view text, std::uint64_t page_size);

}  // namespace hostscope::linux_os
