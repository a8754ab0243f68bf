// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "model/network.h"
#include "model/socket_tables.h"

namespace hostscope::linux_os {

// One end of an IPv4 or IPv6 socket.
struct InetEnd {
  std::array<unsigned char, 16> ip{};  // as on the wire; IPv4: the first four
  std::uint16_t port = 0;
};

// One socket as the kernel lists it. Compact: a busy host has a million of them.
struct Socket {
  std::uint64_t inode = 0;  // 0: no file has it open, e.g. in TIME_WAIT
  model::SocketTable table = model::SocketTable::kTcp;
  gen::SocketType type = gen::SocketType::kUnspecified;
  gen::ConnectionStatus status = gen::ConnectionStatus::kNone;
  InetEnd local, remote;  // not of UNIX sockets
  std::string path;       // of UNIX sockets; an abstract name begins with '@'
};

gen::SocketType inet_type(model::SocketTable table);
// Status of an IPv4 or IPv6 socket from the kernel's number for its state.
gen::ConnectionStatus inet_status(model::SocketTable table, std::uint32_t state);
// Type of a UNIX socket from the kernel's number for it.
gen::SocketType unix_type(std::uint32_t type);
// Name of a UNIX socket from its address: without its final NUL, other NULs shown as '@', as /proc/net/unix has it.
std::string unix_name(std::string_view address);

// As a row, without holder. A port of 0 means that the end is not bound or not connected, as in psutil.
model::NetConnection connection_of(const Socket& socket);

}  // namespace hostscope::linux_os
