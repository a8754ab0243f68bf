// SPDX-License-Identifier: Apache-2.0
#include "linux/net_tables.h"

#include <charconv>
#include <cstring>
#include <optional>

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

using model::SocketTable;

// The whole text as hexadecimal digits.
template <class Number>
std::optional<Number> hex(std::string_view text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value, 16);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

// "0100007F:1F90". The address is printed as numbers of 32 bits in the machine's own order, the port as it is.
std::optional<InetEnd> parse_end(std::string_view text, std::size_t words) {
  constexpr std::size_t kDigits = 8;
  if (text.size() < words * kDigits + 2 || text[words * kDigits] != ':') return std::nullopt;
  InetEnd end;
  for (std::size_t at = 0; at < words; ++at) {
    const auto word = hex<std::uint32_t>(text.substr(at * kDigits, kDigits));
    if (!word) return std::nullopt;
    std::memcpy(end.ip.data() + at * sizeof *word, &*word, sizeof *word);
  }
  const auto port = hex<std::uint16_t>(text.substr(words * kDigits + 1));
  if (!port) return std::nullopt;
  end.port = *port;
  return end;
}

// "0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 4711 1 ..."
std::optional<Socket> parse_inet_line(std::string_view line, SocketTable table) {
  const std::size_t words = table == SocketTable::kTcp || table == SocketTable::kUdp ? 1 : 4;
  take_word(line);  // the line's number
  const auto local = parse_end(take_word(line), words);
  const auto remote = parse_end(take_word(line), words);
  const auto state = hex<std::uint32_t>(take_word(line));
  for (int skipped = 0; skipped < 5; ++skipped) take_word(line);  // queues, timer, retransmissions, uid, timeout
  const auto inode = whole_number(take_word(line));
  if (!local || !remote || !state || !inode) return std::nullopt;
  Socket socket;
  socket.inode = *inode;
  socket.table = table;
  socket.type = inet_type(table);
  socket.status = inet_status(table, *state);
  socket.local = *local;
  socket.remote = *remote;
  return socket;
}

// "0000000000000000: 00000002 00000000 00010000 0001 01 4711 /run/a path": reference count, protocol, flags, type,
// state, inode, and after one blank the path, if it has one.
std::optional<Socket> parse_unix_line(std::string_view line) {
  const auto number = take_word(line);
  if (number.size() < 2 || number.back() != ':' || !hex<std::uint64_t>(number.substr(0, number.size() - 1))) {
    return std::nullopt;
  }
  for (int skipped = 0; skipped < 3; ++skipped) {
    if (!hex<std::uint32_t>(take_word(line))) return std::nullopt;
  }
  const auto type = hex<std::uint32_t>(take_word(line));
  const auto state = hex<std::uint32_t>(take_word(line));
  const auto inode = whole_number(take_word(line));
  if (!type || !state || !inode) return std::nullopt;
  if (!line.empty()) line.remove_prefix(1);
  Socket socket;
  socket.inode = *inode;
  socket.table = SocketTable::kUnix;
  socket.type = unix_type(*type);
  socket.path = line;
  return socket;
}

}  // namespace

const char* net_table_name(SocketTable table) {
  switch (table) {
    case SocketTable::kTcp:
      return "tcp";
    case SocketTable::kTcp6:
      return "tcp6";
    case SocketTable::kUdp:
      return "udp";
    case SocketTable::kUdp6:
      return "udp6";
    case SocketTable::kUnix:
      return "unix";
  }
  return "";
}

void parse_net_table(std::string_view lines, SocketTable table, std::vector<Socket>& out) {
  while (!lines.empty()) {
    const auto line = take_line(lines);
    auto socket = table == SocketTable::kUnix ? parse_unix_line(line) : parse_inet_line(line, table);
    if (socket) {
      out.push_back(std::move(*socket));
    } else if (table == SocketTable::kUnix && !out.empty() && !out.back().path.empty()) {
      out.back().path.append("\n").append(line);
    }
  }
}

}  // namespace hostscope::linux_os
