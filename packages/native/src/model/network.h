// SPDX-License-Identifier: Apache-2.0
// What is known about the network before it is encoded: the same structs on every OS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gen/network.gen.h"

namespace hostscope::model {

// One end of a socket: ip and port, or path.
struct SocketAddress {
  std::optional<std::string> ip;
  std::optional<std::uint32_t> port;
  std::optional<std::string> path;
};

struct NetConnection {
  std::optional<std::int32_t> fd;
  gen::AddressFamily family = gen::AddressFamily::kUnspecified;
  gen::SocketType type = gen::SocketType::kUnspecified;
  std::optional<SocketAddress> laddr, raddr;
  gen::ConnectionStatus status = gen::ConnectionStatus::kNone;
  std::optional<std::int64_t> pid;  // empty: unknown, or given by the row it stands in
};

struct NetIfAddr {
  gen::AddressFamily family = gen::AddressFamily::kNone;
  std::optional<std::string> address{}, netmask{};  // empty address: only with kNone
  std::optional<std::string> broadcast{}, ptp{};    // at most one of them
};

struct NetIfAddrs {
  std::string name;
  std::vector<NetIfAddr> addrs;  // by family
};

struct NetIfStats {
  std::string name;
  bool isup = false;
  std::optional<gen::NicDuplex> duplex{};
  std::optional<std::uint64_t> speed{};  // megabits per second
  std::uint32_t mtu = 0;
  std::vector<std::string_view> flags{};  // constants
};

}  // namespace hostscope::model
