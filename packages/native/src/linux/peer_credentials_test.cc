// sources: linux/peer_credentials.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "peer_credentials.h"

#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "core/check.h"
#include "core/unique_fd.h"

using namespace hostscope;

namespace {

void tells_a_peer_by_its_own_word() {
  int ends[2];
  CHECK(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  const UniqueFd here(ends[0]);
  const UniqueFd there(ends[1]);
  const auto peer = peer_credentials(here.get());
  CHECK(peer.ok());
  CHECK(peer->uid == ::geteuid() && peer->gid == ::getegid() && peer->pid == ::getpid());
  std::vector<gid_t> groups(static_cast<std::size_t>(::getgroups(0, nullptr)));
  ::getgroups(static_cast<int>(groups.size()), groups.data());
  CHECK(peer->groups == std::vector<std::uint32_t>(groups.begin(), groups.end()));
}

void tells_nothing_of_what_has_no_peer() {
  const UniqueFd tcp(::socket(AF_INET, SOCK_STREAM, 0));
  CHECK(!peer_credentials(tcp.get()).ok());
  const UniqueFd alone(::socket(AF_UNIX, SOCK_STREAM, 0));
  CHECK(!peer_credentials(alone.get()).ok());
  CHECK(!peer_credentials(-1).ok());
}

}  // namespace

int main() {
  tells_a_peer_by_its_own_word();
  tells_nothing_of_what_has_no_peer();
  return 0;
}
