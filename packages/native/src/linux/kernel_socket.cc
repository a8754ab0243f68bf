// SPDX-License-Identifier: Apache-2.0
#include "linux/kernel_socket.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <string_view>

namespace hostscope::linux_os {
namespace {

using gen::ConnectionStatus;
using gen::SocketType;
using model::SocketTable;

bool is_ipv6(SocketTable table) { return table == SocketTable::kTcp6 || table == SocketTable::kUdp6; }

std::optional<model::SocketAddress> address_of(const InetEnd& end, int family) {
  if (end.port == 0) return std::nullopt;
  char text[INET6_ADDRSTRLEN];
  if (::inet_ntop(family, end.ip.data(), text, sizeof text) == nullptr) return std::nullopt;
  return model::SocketAddress{.ip = text, .port = end.port, .path = std::nullopt};
}

}  // namespace

SocketType inet_type(SocketTable table) {
  return table == SocketTable::kTcp || table == SocketTable::kTcp6 ? SocketType::kStream : SocketType::kDgram;
}

ConnectionStatus inet_status(SocketTable table, std::uint32_t state) {
  if (inet_type(table) != SocketType::kStream) return ConnectionStatus::kNone;
  constexpr std::array kStates{
      ConnectionStatus::kUnspecified, ConnectionStatus::kEstablished, ConnectionStatus::kSynSent,
      ConnectionStatus::kSynRecv,     ConnectionStatus::kFinWait1,    ConnectionStatus::kFinWait2,
      ConnectionStatus::kTimeWait,    ConnectionStatus::kClose,       ConnectionStatus::kCloseWait,
      ConnectionStatus::kLastAck,     ConnectionStatus::kListen,      ConnectionStatus::kClosing,
  };
  return state < kStates.size() ? kStates[state] : ConnectionStatus::kUnspecified;
}

SocketType unix_type(std::uint32_t type) {
  switch (type) {
    case SOCK_STREAM:
      return SocketType::kStream;
    case SOCK_DGRAM:
      return SocketType::kDgram;
    case SOCK_SEQPACKET:
      return SocketType::kSeqpacket;
    default:
      return SocketType::kUnspecified;
  }
}

std::string unix_name(std::string_view address) {
  if (address.empty()) return {};
  if (address.front() != '\0' && address.back() == '\0') address.remove_suffix(1);
  std::string name(address);
  std::replace(name.begin(), name.end(), '\0', '@');
  return name;
}

model::NetConnection connection_of(const Socket& socket) {
  model::NetConnection row;
  row.type = socket.type;
  row.status = socket.status;
  if (socket.table == SocketTable::kUnix) {
    row.family = gen::AddressFamily::kUnix;
    if (!socket.path.empty()) {
      row.laddr = model::SocketAddress{.ip = std::nullopt, .port = std::nullopt, .path = socket.path};
    }
    return row;
  }
  const int family = is_ipv6(socket.table) ? AF_INET6 : AF_INET;
  row.family = family == AF_INET6 ? gen::AddressFamily::kInet6 : gen::AddressFamily::kInet;
  row.laddr = address_of(socket.local, family);
  row.raddr = address_of(socket.remote, family);
  return row;
}

}  // namespace hostscope::linux_os
