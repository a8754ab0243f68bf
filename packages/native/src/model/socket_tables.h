// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "gen/network.gen.h"

namespace hostscope::model {

// A family of addresses and a protocol, as systems list their sockets.
enum class SocketTable : std::uint8_t { kTcp, kTcp6, kUdp, kUdp6, kUnix };

inline constexpr std::array kSocketTables{SocketTable::kTcp, SocketTable::kTcp6, SocketTable::kUdp, SocketTable::kUdp6,
                                          SocketTable::kUnix};

class SocketTables {
 public:
  constexpr SocketTables() = default;
  constexpr SocketTables(std::initializer_list<SocketTable> tables) {
    for (const auto table : tables) bits_ |= bit(table);
  }
  constexpr bool has(SocketTable table) const { return (bits_ & bit(table)) != 0; }
  constexpr bool operator==(const SocketTables&) const = default;

 private:
  static constexpr std::uint8_t bit(SocketTable table) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(table));
  }
  std::uint8_t bits_ = 0;
};

// What `kind` selects; inet if it says nothing.
constexpr SocketTables tables_of(gen::ConnectionKind kind) {
  using enum SocketTable;
  switch (kind) {
    case gen::ConnectionKind::kUnspecified:
    case gen::ConnectionKind::kInet:
      return {kTcp, kTcp6, kUdp, kUdp6};
    case gen::ConnectionKind::kInet4:
      return {kTcp, kUdp};
    case gen::ConnectionKind::kInet6:
      return {kTcp6, kUdp6};
    case gen::ConnectionKind::kTcp:
      return {kTcp, kTcp6};
    case gen::ConnectionKind::kTcp4:
      return {kTcp};
    case gen::ConnectionKind::kTcp6:
      return {kTcp6};
    case gen::ConnectionKind::kUdp:
      return {kUdp, kUdp6};
    case gen::ConnectionKind::kUdp4:
      return {kUdp};
    case gen::ConnectionKind::kUdp6:
      return {kUdp6};
    case gen::ConnectionKind::kUnix:
      return {kUnix};
    case gen::ConnectionKind::kAll:
      return {kTcp, kTcp6, kUdp, kUdp6, kUnix};
  }
  return {};
}

}  // namespace hostscope::model
