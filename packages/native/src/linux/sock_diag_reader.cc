// SPDX-License-Identifier: Apache-2.0
#include "linux/sock_diag_reader.h"

#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <memory>

#include "core/unique_fd.h"
#include "linux/sock_diag_messages.h"

namespace hostscope::linux_os {
namespace {

constexpr std::size_t kBuffer = 64 * 1024;  // more than the kernel puts into one piece

// Whether the next try may end otherwise.
bool may_answer_later(int error) {
  return error == EINTR || error == EAGAIN || error == ENOMEM || error == ENOBUFS || error == EMFILE ||
         error == ENFILE || error == ETIMEDOUT;
}

int ask(const UniqueFd& socket, model::SocketTable table) {
  // The kernel answers at once or not at all.
  const timeval patience{.tv_sec = 1, .tv_usec = 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const auto request = sock_diag_request(table);
  sockaddr_nl kernel{};
  kernel.nl_family = AF_NETLINK;
  const auto sent = ::sendto(socket.get(), request.data(), request.size(), 0,
                             reinterpret_cast<const sockaddr*>(&kernel), sizeof kernel);
  return sent < 0 ? errno : 0;
}

int receive(const UniqueFd& socket, model::SocketTable table, SocketWait& wait, std::vector<Socket>& out) {
  const auto buffer = std::make_unique<char[]>(kBuffer);
  for (;;) {
    if (!wait.go_on()) return ETIMEDOUT;
    sockaddr_nl from{};
    socklen_t from_size = sizeof from;
    const auto got =
        ::recvfrom(socket.get(), buffer.get(), kBuffer, MSG_TRUNC, reinterpret_cast<sockaddr*>(&from), &from_size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0 || static_cast<std::size_t>(got) > kBuffer) return EMSGSIZE;
    if (from.nl_pid != 0) continue;  // not from the kernel
    const auto progress = parse_sock_diag({buffer.get(), static_cast<std::size_t>(got)}, table, out);
    if (progress.state == DiagProgress::State::kDone) return 0;
    if (progress.state == DiagProgress::State::kFailed) return progress.error;
  }
}

}  // namespace

int SockDiagReader::read(const NetNamespace& net, model::SocketTable table, SocketWait& wait,
                         std::vector<Socket>& out) const {
  const std::uint32_t bit = 1u << static_cast<unsigned>(table);
  if (!usable_ || (missing_.load(std::memory_order_relaxed) & bit) != 0) return EOPNOTSUPP;
  UniqueFd socket;
  int error = 0;
  // A socket stays in the namespace that it was made in.
  const int barred = net.run([&] {
    socket = UniqueFd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    if (!socket) error = errno;
  });
  if (barred != 0) error = barred;
  const std::size_t before = out.size();
  if (error == 0) error = ask(socket, table);
  if (error == 0) error = receive(socket, table, wait, out);
  if (error == 0) return 0;
  out.resize(before);
  if (!may_answer_later(error)) missing_.fetch_or(bit, std::memory_order_relaxed);
  return error;
}

}  // namespace hostscope::linux_os
