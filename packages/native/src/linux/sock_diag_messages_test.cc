// sources: linux/sock_diag_messages.cc linux/kernel_socket.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/sock_diag_messages.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <random>

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using namespace std::string_literals;
using enum model::SocketTable;
using State = DiagProgress::State;

namespace {

template <class Record>
std::string bytes_of(const Record& record) {
  return std::string(reinterpret_cast<const char*>(&record), sizeof record);
}

std::string message(std::uint16_t type, const std::string& body) {
  nlmsghdr header{};
  header.nlmsg_len = static_cast<std::uint32_t>(NLMSG_LENGTH(body.size()));
  header.nlmsg_type = type;
  std::string bytes = bytes_of(header) + body;
  bytes.resize(NLMSG_ALIGN(bytes.size()));
  return bytes;
}

std::string done(int error = 0) { return message(NLMSG_DONE, bytes_of(error)); }

std::string inet_socket() {
  inet_diag_msg found{};
  found.idiag_family = AF_INET;
  found.idiag_state = 1;
  found.idiag_inode = 4711;
  found.id.idiag_sport = htons(8080);
  found.id.idiag_dport = htons(54321);
  ::inet_pton(AF_INET, "127.0.0.1", found.id.idiag_src);
  ::inet_pton(AF_INET, "10.1.2.3", found.id.idiag_dst);
  return message(SOCK_DIAG_BY_FAMILY, bytes_of(found));
}

std::string unix_socket(const std::string& name) {
  unix_diag_msg found{};
  found.udiag_family = AF_UNIX;
  found.udiag_type = SOCK_SEQPACKET;
  found.udiag_ino = 4712;
  nlattr other{.nla_len = NLA_HDRLEN + 1, .nla_type = UNIX_DIAG_SHUTDOWN};
  nlattr attribute{.nla_len = static_cast<std::uint16_t>(NLA_HDRLEN + name.size()), .nla_type = UNIX_DIAG_NAME};
  return message(SOCK_DIAG_BY_FAMILY, bytes_of(found) + bytes_of(other) + "\0\0\0\0"s + bytes_of(attribute) + name);
}

void an_answer_is_read_to_its_end() {
  std::vector<Socket> out;
  CHECK(parse_sock_diag(inet_socket() + inet_socket(), kTcp, out).state == State::kMore && out.size() == 2);
  CHECK(parse_sock_diag(inet_socket() + done(), kTcp, out).state == State::kDone && out.size() == 3);
  CHECK(parse_sock_diag("", kTcp, out).state == State::kMore);
  const auto row = connection_of(out[0]);
  CHECK(out[0].inode == 4711 && row.status == gen::ConnectionStatus::kEstablished);
  CHECK(*row.laddr->ip == "127.0.0.1" && *row.laddr->port == 8080);
  CHECK(*row.raddr->ip == "10.1.2.3" && *row.raddr->port == 54321);
}

void sockets_of_another_family_are_passed_over() {
  std::vector<Socket> out;
  parse_sock_diag(inet_socket(), kTcp6, out);
  CHECK(out.empty());
}

void unix_names_are_found_among_attributes() {
  std::vector<Socket> out;
  parse_sock_diag(unix_socket("/run/a b\nc\0"s) + unix_socket("\0x\0y"s) + unix_socket("/no end"), kUnix, out);
  CHECK(out.size() == 3 && out[0].inode == 4712 && out[0].type == gen::SocketType::kSeqpacket);
  CHECK(out[0].path == "/run/a b\nc" && out[1].path == "@x@y" && out[2].path == "/no end");
}

void errors_are_told() {
  std::vector<Socket> out;
  const auto error = [&](const std::string& piece) {
    const auto progress = parse_sock_diag(piece, kTcp, out);
    CHECK(progress.state == State::kFailed);
    return progress.error;
  };
  CHECK(error(done(-ENOENT)) == ENOENT);
  CHECK(error(message(NLMSG_ERROR, bytes_of(-EPERM))) == EPERM);
  CHECK(error(message(NLMSG_ERROR, "")) == EBADMSG && error(message(NLMSG_ERROR, bytes_of(0))) == EBADMSG);
  CHECK(error(done(1)) == EBADMSG);
  auto too_long = inet_socket();
  too_long[0] = '\x7f';
  CHECK(error(too_long) == EBADMSG && out.empty());
}

void requests_ask_for_a_family_and_protocol() {
  const auto tcp6 = sock_diag_request(kTcp6), udp = sock_diag_request(kUdp), local = sock_diag_request(kUnix);
  CHECK(tcp6[NLMSG_HDRLEN] == AF_INET6 && tcp6[NLMSG_HDRLEN + 1] == IPPROTO_TCP);
  CHECK(udp[NLMSG_HDRLEN] == AF_INET && udp[NLMSG_HDRLEN + 1] == IPPROTO_UDP);
  CHECK(local[NLMSG_HDRLEN] == AF_UNIX && local.size() == NLMSG_LENGTH(sizeof(unix_diag_req)));
}

// Under the sanitizers, a read past the end ends the test.
void any_bytes_do() {
  std::mt19937 random(1);
  const std::string good = inet_socket() + unix_socket("/run/x\0"s) + done();
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = good.substr(0, random() % (good.size() + 1));
    for (unsigned change = random() % 8; change > 0 && !bytes.empty(); --change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    std::vector<Socket> out;
    const std::vector<char> exact(bytes.begin(), bytes.end());
    parse_sock_diag({exact.data(), exact.size()}, round % 2 == 0 ? kUnix : kTcp, out);
    CHECK(out.size() <= bytes.size() / NLMSG_HDRLEN);
  }
}

}  // namespace

int main() {
  an_answer_is_read_to_its_end();
  sockets_of_another_family_are_passed_over();
  unix_names_are_found_among_attributes();
  errors_are_told();
  requests_ask_for_a_family_and_protocol();
  any_bytes_do();
}
