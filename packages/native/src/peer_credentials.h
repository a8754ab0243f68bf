// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/result.h"

namespace hostscope {

// Who was at the other end of a UNIX socket when it connected, by the kernel's word. Numbers are those of our
// namespaces.
struct PeerCredentials {
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::vector<std::uint32_t> groups;  // supplementary
  // For logs only: the process may have ended, and its pid may be another's. Absent if it has none in our namespace.
  std::optional<std::int64_t> pid;
};

// Of a connected UNIX stream socket. Never blocks. Each backend has its own.
Result<PeerCredentials> peer_credentials(int fd);

}  // namespace hostscope
