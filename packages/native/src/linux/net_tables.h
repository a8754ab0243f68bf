// SPDX-License-Identifier: Apache-2.0
// The text of /proc/net/{tcp,tcp6,udp,udp6,unix}.
#pragma once

#include <string_view>
#include <vector>

#include "linux/kernel_socket.h"

namespace hostscope::linux_os {

// Name of a table's file below /proc/net.
const char* net_table_name(model::SocketTable table);

// Appends the sockets of some whole lines of one table. Lines that are no socket, such as the heading, are passed over.
// A large table may come in several pieces. A path of a UNIX socket may have line breaks in it: what follows one
// is told from a socket by its form.
void parse_net_table(std::string_view lines, model::SocketTable table, std::vector<Socket>& out);

}  // namespace hostscope::linux_os
