// sources: linux/fd_walk.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/fd_walk.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/check.h"
#include "core/unique_fd.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

void only_sockets_have_a_socket_inode() {
  CHECK(socket_inode("socket:[1234]") == 1234u);
  for (const char* link : {"", "socket:", "socket:[]", "socket:[x]", "socket:[12", "socket:[-1]", "pipe:[1]",
                           "/socket:[1]", "socket:[99999999999999999999]", "socket:[1] (deleted)"}) {
    CHECK(!socket_inode(link));
  }
}

void own_descriptors_are_found() {
  const UniqueFd self(::open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
  int pair[2], pipe_ends[2];
  CHECK(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 && ::pipe(pipe_ends) == 0);
  const UniqueFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  FdWalk links, count;
  walk_fds(self.get(), "fd", FdDetail::kTargets, links);
  walk_fds(self.get(), "fd", FdDetail::kCount, count);
  CHECK(links.error == 0 && !links.lost_some && links.count == count.count);
  CHECK(count.sockets.empty() && count.paths.empty());
  const auto is_socket = [&](int fd) {
    return std::any_of(links.sockets.begin(), links.sockets.end(), [&](const auto& it) { return it.fd == fd; });
  };
  const auto is_path = [&](int fd) {
    return std::any_of(links.paths.begin(), links.paths.end(), [&](const auto& it) { return it.fd == fd; });
  };
  CHECK(is_socket(pair[0]) && is_socket(pair[1]) && !is_socket(pipe_ends[0]) && !is_path(pipe_ends[0]));
  CHECK(is_path(null.get()) && !is_socket(null.get()));
  for (const int fd : {pair[0], pair[1], pipe_ends[0], pipe_ends[1]}) ::close(fd);
}

void many_descriptors_need_many_listings() {
  const UniqueFd self(::open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
  std::vector<UniqueFd> many;
  for (int i = 0; i < 900; ++i) many.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!many.back()) many.clear();  // a lower limit than usual
  FdWalk walk;
  walk_fds(self.get(), "fd", FdDetail::kTargets, walk);
  CHECK(walk.error == 0 && walk.paths.size() >= many.size() && walk.count >= walk.paths.size());
}

void a_process_that_is_gone_has_no_list() {
  const UniqueFd empty(::open("/proc/self/task", O_PATH | O_DIRECTORY | O_CLOEXEC));
  FdWalk walk;
  walk_fds(empty.get(), "fd", FdDetail::kTargets, walk);
  CHECK(walk.error == ENOENT && walk.count == 0);
}

}  // namespace

int main() {
  only_sockets_have_a_socket_inode();
  own_descriptors_are_found();
  many_descriptors_need_many_listings();
  a_process_that_is_gone_has_no_list();
}
