// SPDX-License-Identifier: Apache-2.0
#include "peer_credentials.h"

#include <sys/socket.h>

#include <cerrno>

namespace hostscope {
namespace {

// Since Linux 4.13; older C libraries lack the name.
constexpr int kPeerGroups = 59;
// As many as the kernel lets a process have.
constexpr std::size_t kMostGroups = 65536;

Result<std::vector<std::uint32_t>> peer_groups(int fd) {
  static_assert(sizeof(gid_t) == sizeof(std::uint32_t));
  std::vector<std::uint32_t> groups(32);
  for (;;) {
    socklen_t size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    if (::getsockopt(fd, SOL_SOCKET, kPeerGroups, groups.data(), &size) == 0) {
      groups.resize(size / sizeof(gid_t));
      return groups;
    }
    // The kernel has told how many there are.
    const std::size_t wanted = size / sizeof(gid_t);
    if (errno != ERANGE || wanted <= groups.size() || wanted > kMostGroups) {
      return Status::os("read the groups of a socket's peer", errno);
    }
    groups.resize(wanted);
  }
}

}  // namespace

Result<PeerCredentials> peer_credentials(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
    return Status::os("read the credentials of a socket's peer", errno);
  }
  // What the kernel says of a socket that is not connected, or no UNIX socket at all.
  if (peer.uid == static_cast<uid_t>(-1) || peer.gid == static_cast<gid_t>(-1)) {
    return Status::precondition("this socket has no peer whose credentials are known");
  }
  auto groups = peer_groups(fd);
  if (!groups) return std::move(groups.status());
  PeerCredentials credentials{peer.uid, peer.gid, std::move(*groups), {}};
  if (peer.pid > 0) credentials.pid = peer.pid;
  return credentials;
}

}  // namespace hostscope
