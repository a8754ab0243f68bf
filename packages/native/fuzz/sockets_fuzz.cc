// sources: linux/net_tables.cc linux/sock_diag_messages.cc linux/kernel_socket.cc
// SPDX-License-Identifier: Apache-2.0
// Each table in each of its two forms: text of /proc/net, messages of netlink. The first byte chooses the table.
#include "fuzz_target.h"
#include "linux/net_tables.h"
#include "linux/sock_diag_messages.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

model::SocketTable table_of(char choice) {
  return model::kSocketTables[static_cast<unsigned char>(choice) % model::kSocketTables.size()];
}

}  // namespace

FUZZ_TARGET(parse_net_table) {
  if (text.empty()) return;
  std::vector<Socket> sockets;
  parse_net_table(text.substr(1), table_of(text[0]), sockets);
}

FUZZ_TARGET(parse_sock_diag) {
  if (text.empty()) return;
  std::vector<Socket> sockets;
  parse_sock_diag(text.substr(1), table_of(text[0]), sockets);
}
