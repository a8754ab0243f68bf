// SPDX-License-Identifier: Apache-2.0
#include "linux/sock_diag_messages.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace hostscope::linux_os {
namespace {

using model::SocketTable;

// States 1 to 12: what /proc/net lists too. Not 13, sockets that are bound and do nothing yet.
constexpr std::uint32_t kInetStates = 0x1FFF;

template <class Body>
std::string message(const Body& body) {
  nlmsghdr header{};
  header.nlmsg_len = NLMSG_LENGTH(sizeof body);
  header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  std::string bytes(header.nlmsg_len, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + NLMSG_HDRLEN, &body, sizeof body);
  return bytes;
}

// Copies a record off the front of `bytes`; it need not be aligned. False if there is none.
template <class Record>
bool take(std::string_view& bytes, Record& record, std::size_t size = sizeof(Record)) {
  if (bytes.size() < sizeof record) return false;
  std::memcpy(&record, bytes.data(), sizeof record);
  bytes.remove_prefix(std::min(bytes.size(), size));
  return true;
}

InetEnd end_of(const void* ip, std::uint16_t port, bool ipv6) {
  InetEnd end;
  std::memcpy(end.ip.data(), ip, ipv6 ? 16 : 4);
  end.port = ntohs(port);
  return end;
}

void add_inet_socket(std::string_view body, SocketTable table, std::vector<Socket>& out) {
  inet_diag_msg found{};
  if (!take(body, found)) return;
  const bool ipv6 = table == SocketTable::kTcp6 || table == SocketTable::kUdp6;
  if (found.idiag_family != (ipv6 ? AF_INET6 : AF_INET)) return;
  Socket socket;
  socket.inode = found.idiag_inode;
  socket.table = table;
  socket.type = inet_type(table);
  socket.status = inet_status(table, found.idiag_state);
  socket.local = end_of(found.id.idiag_src, found.id.idiag_sport, ipv6);
  socket.remote = end_of(found.id.idiag_dst, found.id.idiag_dport, ipv6);
  out.push_back(std::move(socket));
}

void add_unix_socket(std::string_view body, std::vector<Socket>& out) {
  unix_diag_msg found{};
  if (!take(body, found, NLMSG_ALIGN(sizeof found))) return;
  Socket socket;
  socket.inode = found.udiag_ino;
  socket.table = SocketTable::kUnix;
  socket.type = unix_type(found.udiag_type);
  nlattr attribute{};
  while (body.size() >= NLA_HDRLEN) {
    std::memcpy(&attribute, body.data(), sizeof attribute);
    if (attribute.nla_len < NLA_HDRLEN || attribute.nla_len > body.size()) break;
    if ((attribute.nla_type & NLA_TYPE_MASK) == UNIX_DIAG_NAME) {
      socket.path = unix_name(body.substr(NLA_HDRLEN, attribute.nla_len - NLA_HDRLEN));
    }
    body.remove_prefix(std::min<std::size_t>(body.size(), NLA_ALIGN(attribute.nla_len)));
  }
  out.push_back(std::move(socket));
}

}  // namespace

std::string sock_diag_request(SocketTable table) {
  if (table == SocketTable::kUnix) {
    unix_diag_req request{};
    request.sdiag_family = AF_UNIX;
    request.udiag_states = ~0u;
    request.udiag_show = UDIAG_SHOW_NAME;
    return message(request);
  }
  inet_diag_req_v2 request{};
  request.sdiag_family = table == SocketTable::kTcp6 || table == SocketTable::kUdp6 ? AF_INET6 : AF_INET;
  request.sdiag_protocol = inet_type(table) == gen::SocketType::kStream ? IPPROTO_TCP : IPPROTO_UDP;
  request.idiag_states = kInetStates;
  return message(request);
}

DiagProgress parse_sock_diag(std::string_view piece, SocketTable table, std::vector<Socket>& out) {
  using State = DiagProgress::State;
  while (piece.size() >= NLMSG_HDRLEN) {
    nlmsghdr header{};
    std::memcpy(&header, piece.data(), sizeof header);
    if (header.nlmsg_len < NLMSG_HDRLEN || header.nlmsg_len > piece.size()) return {State::kFailed, EBADMSG};
    auto body = piece.substr(NLMSG_HDRLEN, header.nlmsg_len - NLMSG_HDRLEN);
    if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_type == NLMSG_DONE) {
      int error = 0;  // negative, or 0
      if (!take(body, error)) error = header.nlmsg_type == NLMSG_ERROR ? -EBADMSG : 0;
      if (error == 0 && header.nlmsg_type == NLMSG_DONE) return {State::kDone, 0};
      return {State::kFailed, error < 0 && error > -4096 ? -error : EBADMSG};
    }
    if (header.nlmsg_type == NLMSG_OVERRUN) return {State::kFailed, ENOBUFS};
    if (header.nlmsg_type == SOCK_DIAG_BY_FAMILY) {
      if (table == SocketTable::kUnix) {
        add_unix_socket(body, out);
      } else {
        add_inet_socket(body, table, out);
      }
    }
    piece.remove_prefix(std::min<std::size_t>(piece.size(), NLMSG_ALIGN(header.nlmsg_len)));
  }
  return {State::kMore, 0};
}

}  // namespace hostscope::linux_os
