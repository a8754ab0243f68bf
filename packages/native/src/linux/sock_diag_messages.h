// SPDX-License-Identifier: Apache-2.0
// What a NETLINK_SOCK_DIAG socket says: sockets as binary records.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linux/kernel_socket.h"

namespace hostscope::linux_os {

// What a piece of the kernel's answer came to.
struct DiagProgress {
  enum class State : std::uint8_t { kMore, kDone, kFailed } state = State::kMore;
  int error = 0;  // kFailed: an errno
};

// The request for all sockets of a table.
std::string sock_diag_request(model::SocketTable table);

// Appends the sockets of one piece of the answer, any bytes.
DiagProgress parse_sock_diag(std::string_view piece, model::SocketTable table, std::vector<Socket>& out);

}  // namespace hostscope::linux_os
