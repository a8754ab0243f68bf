// SPDX-License-Identifier: Apache-2.0
// /proc/PID/status.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/process.h"

namespace hostscope::linux_os {

struct ProcessStatusFile {
  std::optional<model::ProcessIds> uids, gids;
  std::optional<std::uint64_t> voluntary, involuntary;
  std::optional<std::int64_t> tgid;
  // Bytes. The kernel leaves out what it does not count; kernel threads and zombies have none of it.
  model::ProcessMemoryInfoEx memory;
  std::string_view cpus_allowed;  // e.g. "0-3,8"; points into the text that was parsed
};

// A process can name itself "Uid:\t0": keys count only at a line's start, and never on the first line, which is the
// name (the kernel escapes newlines there, not tabs).
ProcessStatusFile parse_process_status(std::string_view text);

}  // namespace hostscope::linux_os
