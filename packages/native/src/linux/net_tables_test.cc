// sources: linux/net_tables.cc linux/kernel_socket.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/net_tables.h"

#include <bit>
#include <string>

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using enum model::SocketTable;
using gen::ConnectionStatus;
using gen::SocketType;

namespace {

constexpr std::string_view kHeading =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
constexpr std::string_view kUnixHeading = "Num       RefCount Protocol Flags    Type St Inode Path\n";

std::vector<Socket> parsed(std::string_view text, model::SocketTable table) {
  std::vector<Socket> out;
  parse_net_table(text, table, out);
  return out;
}

std::string text_of(const std::optional<model::SocketAddress>& end) {
  if (!end) return "";
  return end->path ? *end->path : *end->ip + " " + std::to_string(*end->port);
}

// A line of /proc/net/tcp or the like. The files have numbers in the machine's own order: these are of a little-endian.
std::string inet_line(const std::string& local, const std::string& remote, const std::string& state) {
  return "   0: " + local + " " + remote + " " + state +
         " 00000000:00000000 00:00000000 00000000  1000        0 4711 1 " + "0000000000000000 100 0 0 10 0\n";
}

void an_ipv4_line_is_a_socket() {
  if constexpr (std::endian::native != std::endian::little) return;
  const auto line = inet_line("0100007F:1F90", "0200007F:D431", "01");
  const auto sockets = parsed(std::string(kHeading) + line, kTcp);
  CHECK(sockets.size() == 1 && sockets[0].inode == 4711);
  const auto row = connection_of(sockets[0]);
  CHECK(text_of(row.laddr) == "127.0.0.1 8080" && text_of(row.raddr) == "127.0.0.2 54321");
  CHECK(row.family == gen::AddressFamily::kInet && row.type == SocketType::kStream);
  CHECK(row.status == ConnectionStatus::kEstablished && !row.pid && !row.fd);
}

void ipv6_is_four_words() {
  if constexpr (std::endian::native != std::endian::little) return;
  const auto ends = [](const char* ip) {
    const auto row =
        connection_of(parsed(inet_line(std::string(ip) + ":0050", std::string(32, '0') + ":0000", "0A"), kTcp6).at(0));
    CHECK(!row.raddr && row.family == gen::AddressFamily::kInet6 && row.status == ConnectionStatus::kListen);
    return text_of(row.laddr);
  };
  CHECK(ends("00000000000000000000000001000000") == "::1 80");
  CHECK(ends("0000000000000000FFFF00000100007F") == "::ffff:127.0.0.1 80");
  CHECK(ends("B80D01200000000067452301EFCDAB89") == "2001:db8::123:4567:89ab:cdef 80");
}

void a_port_of_zero_is_no_end() {
  const auto row = connection_of(parsed(inet_line("0100007F:0000", "0200007F:0000", "07"), kUdp).at(0));
  CHECK(!row.laddr && !row.raddr && row.type == SocketType::kDgram);
}

void only_tcp_has_states() {
  for (const char* state : {"01", "07", "0A"}) {
    CHECK(parsed(inet_line("00000000:0035", "00000000:0000", state), kUdp).at(0).status == ConnectionStatus::kNone);
  }
  const auto tcp = [](const char* state) {
    return parsed(inet_line("00000000:0035", "00000000:0000", state), kTcp).at(0).status;
  };
  CHECK(tcp("06") == ConnectionStatus::kTimeWait && tcp("0B") == ConnectionStatus::kClosing);
  CHECK(tcp("00") == ConnectionStatus::kUnspecified && tcp("0C") == ConnectionStatus::kUnspecified);
  CHECK(tcp("FF") == ConnectionStatus::kUnspecified);
}

void odd_inet_lines_are_passed_over() {
  const auto good = inet_line("0100007F:1F90", "00000000:0000", "0A");
  for (const std::string bad :
       {"", " ", "   0: 0100007F:1F90 00000000:0000 0A", "   0: 0100007F 00000000:0000 0A 0 0 0 0 0 5",
        "0: 0100007G:1F90 00000000:0000 0A 0:0 0:0 0 0 0 1", "\xff\xfe\x00",
        "0: 0100007F:1F90F 00000000:0000 0A 0:0 0:0 0 0 0 1", "0: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 0 0 -1",
        "0: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 0 0 99999999999999999999999"}) {
    CHECK(parsed(bad + "\n" + good + bad, kTcp).size() == 1);
  }
  CHECK(parsed(good.substr(0, 60), kTcp).empty());
  CHECK(parsed(good, kTcp6).empty());
}

void unix_lines_keep_their_paths() {
  const auto sockets = parsed(std::string(kUnixHeading) +
                                  "0000000000000000: 00000002 00000000 00010000 0001 01 101 /run/a path  with blanks \n"
                                  "0000000000000000: 00000003 00000000 00000000 0002 01   102\n"
                                  "0000000000000000: 00000002 00000000 00010000 0005 01 103 @abstract@name\n"
                                  "00000000: 00000002 00000000 00010000 0003 01 104 \xff\n",
                              kUnix);
  CHECK(sockets.size() == 4);
  CHECK(sockets[0].path == "/run/a path  with blanks " && sockets[0].type == SocketType::kStream);
  CHECK(sockets[1].path.empty() && sockets[1].inode == 102 && sockets[1].type == SocketType::kDgram);
  CHECK(!connection_of(sockets[1]).laddr && sockets[1].status == ConnectionStatus::kNone);
  CHECK(sockets[2].path == "@abstract@name" && sockets[2].type == SocketType::kSeqpacket);
  CHECK(sockets[3].path == "\xff" && sockets[3].type == SocketType::kUnspecified);
  const auto row = connection_of(sockets[0]);
  CHECK(row.family == gen::AddressFamily::kUnix && text_of(row.laddr) == sockets[0].path && !row.raddr);
  CHECK(!row.laddr->ip && !row.laddr->port);
}

void a_path_may_have_line_breaks() {
  const std::string text = std::string(kUnixHeading) +
                           "0000000000000000: 00000002 00000000 00010000 0001 01 101 /run/two\nlines\n\n\n"
                           "0000000000000000: 00000003 00000000 00000000 0002 01 102\nlost\n";
  const auto sockets = parsed(text, kUnix);
  CHECK(sockets.size() == 2 && sockets[0].path == "/run/two\nlines\n\n" && sockets[1].path.empty());
  // In pieces, as a large table comes.
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    std::vector<Socket> pieces;
    parse_net_table(std::string_view(text).substr(0, at + 1), kUnix, pieces);
    parse_net_table(std::string_view(text).substr(at + 1), kUnix, pieces);
    CHECK(pieces.size() == 2 && pieces[0].path == sockets[0].path);
  }
}

void names_are_shown_as_the_kernel_does() {
  using namespace std::string_literals;
  CHECK(unix_name("/run/x\0"s) == "/run/x" && unix_name("/run/x") == "/run/x");
  CHECK(unix_name("\0a\0b\0"s) == "@a@b@" && unix_name("\0"s) == "@" && unix_name("").empty());
}

}  // namespace

int main() {
  an_ipv4_line_is_a_socket();
  ipv6_is_four_words();
  a_port_of_zero_is_no_end();
  only_tcp_has_states();
  odd_inet_lines_are_passed_over();
  unix_lines_keep_their_paths();
  a_path_may_have_line_breaks();
  names_are_shown_as_the_kernel_does();
}
