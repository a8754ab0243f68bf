// sources: all
// SPDX-License-Identifier: Apache-2.0
#include "linux/socket_set.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <tuple>

#include "core/check.h"
#include "core/unique_fd.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using namespace std::string_literals;
using enum model::SocketTable;

namespace {

std::uint64_t inode_of(int fd) {
  struct stat info {};
  CHECK(::fstat(fd, &info) == 0);
  return info.st_ino;
}

UniqueFd inet_socket(int family, int type) {
  UniqueFd fd(::socket(family, type | SOCK_CLOEXEC, 0));
  if (!fd) return fd;  // a kernel without IPv6
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  v4.sin_family = AF_INET;
  v6.sin6_family = AF_INET6;
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  v6.sin6_addr = in6addr_loopback;
  const auto* address = family == AF_INET ? reinterpret_cast<sockaddr*>(&v4) : reinterpret_cast<sockaddr*>(&v6);
  if (::bind(fd.get(), address, family == AF_INET ? sizeof v4 : sizeof v6) != 0) return UniqueFd();
  if (type == SOCK_STREAM) CHECK(::listen(fd.get(), 5) == 0);
  return fd;
}

UniqueFd unix_socket(int type, const std::string& name) {
  UniqueFd fd(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(name.begin(), name.end(), address.sun_path);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  CHECK(::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
  return fd;
}

// Everything that a row is made of.
auto content(const Socket& socket) {
  return std::make_tuple(socket.inode, socket.table, socket.type, socket.status, socket.local.ip, socket.local.port,
                         socket.remote.ip, socket.remote.port, socket.path);
}

// Many sockets of this very process, read in both ways.
void both_sources_give_the_same_sockets() {
  std::vector<UniqueFd> held;
  for (int count = 0; count < 60; ++count) {
    for (const int family : {AF_INET, AF_INET6}) {
      for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
        if (auto fd = inet_socket(family, type)) held.push_back(std::move(fd));
      }
    }
    int pair[2];
    CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
    held.emplace_back(pair[0]);
    held.emplace_back(pair[1]);
  }
  const auto unique = std::to_string(::getpid());
  held.push_back(unix_socket(SOCK_SEQPACKET, "\0hostscope test "s + unique + "\0with NUL"s));
  held.push_back(unix_socket(SOCK_DGRAM, "/tmp/hostscope test\n" + unique));
  ::unlink(("/tmp/hostscope test\n" + unique).c_str());

  const UniqueFd proc(::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC));
  const NetNamespace net(proc.get(), Roots{}, true);
  ReadProgress progress;
  const StuckTargets nothing_stuck{};
  ReadGuard guard(progress, nothing_stuck);
  SocketWait wait{guard};
  const SockDiagReader diag(true);
  constexpr model::SocketTables kAll{kTcp, kTcp6, kUdp, kUdp6, kUnix};
  const auto asked = read_sockets({proc.get(), "net", &diag, &net}, kAll, wait);
  const auto parsed = read_sockets({proc.get(), "net", nullptr, nullptr}, kAll, wait);
  CHECK(asked.set && parsed.set);
  for (const auto& fd : held) {
    const Socket* one = asked.set->find(inode_of(fd.get()));
    const Socket* other = parsed.set->find(inode_of(fd.get()));
    CHECK(one != nullptr && other != nullptr && content(*one) == content(*other));
  }
}

void an_inode_is_one_socket() {
  std::vector<Socket> sockets(5);
  sockets[0].inode = sockets[2].inode = 7;
  sockets[3].inode = 8;
  sockets[2].path = "again";
  const SocketSet set(std::move(sockets));
  CHECK(set.sockets().size() == 4);  // those without inode are different sockets
  CHECK(set.find(7)->path.empty() && set.find(8) == &set.sockets()[2] && set.find(9) == nullptr);
  CHECK(set.find(0) == nullptr);
}

void what_cannot_be_read_is_named() {
  const UniqueFd nowhere(::open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
  ReadProgress progress;
  const StuckTargets nothing_stuck{};
  ReadGuard guard(progress, nothing_stuck);
  SocketWait wait{guard};
  const SocketSource source{nowhere.get(), "task", nullptr, nullptr};
  const auto read = read_sockets(source, {kUdp}, wait);
  CHECK(!read.set && read.error == ENOENT && read.table == "udp"s);
  const auto ipv6 = read_sockets(source, {kTcp6, kUdp6}, wait);
  CHECK(ipv6.set && ipv6.set->sockets().empty());  // a kernel without IPv6
  progress.set_abandoned(true);
  CHECK(read_sockets(source, {kUdp}, wait).error == ETIMEDOUT);
}

}  // namespace

int main() {
  both_sources_give_the_same_sockets();
  an_inode_is_one_socket();
  what_cannot_be_read_is_named();
}
