// SPDX-License-Identifier: Apache-2.0
#include "linux/socket_set.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "core/unique_fd.h"
#include "linux/net_tables.h"

namespace hostscope::linux_os {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

// Piece by piece: the text of a million sockets is 150 MB.
int read_table_file(int directory, const std::string& path, model::SocketTable table, SocketWait& wait,
                    std::vector<Socket>& out) {
  if (!wait.go_on()) return ETIMEDOUT;
  const UniqueFd file(::openat(directory, path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return errno;
  std::vector<Socket> found;
  std::string buffer(kPiece, '\0');
  std::size_t size = 0;
  for (;;) {
    if (!wait.go_on()) return ETIMEDOUT;
    if (size == buffer.size()) buffer.resize(2 * size);  // one line, longer than all this
    const ssize_t got = ::read(file.get(), buffer.data() + size, buffer.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    size += static_cast<std::size_t>(got);
    const std::string_view text(buffer.data(), size);
    const std::size_t whole = got == 0 ? size : text.rfind('\n') + 1;
    parse_net_table(text.substr(0, whole), table, found);
    if (got == 0) break;
    std::memmove(buffer.data(), buffer.data() + whole, size - whole);
    size -= whole;
  }
  std::move(found.begin(), found.end(), std::back_inserter(out));
  return 0;
}

bool may_be_missing(model::SocketTable table) {
  return table == model::SocketTable::kTcp6 || table == model::SocketTable::kUdp6;  // a kernel without IPv6
}

}  // namespace

SocketSet::SocketSet(std::vector<Socket> sockets) : sockets_(std::move(sockets)) {
  by_inode_.reserve(sockets_.size());
  std::size_t kept = 0;
  for (std::size_t at = 0; at < sockets_.size(); ++at) {
    const auto inode = sockets_[at].inode;
    if (inode != 0 && !by_inode_.emplace(inode, static_cast<std::uint32_t>(kept)).second) continue;
    if (kept != at) sockets_[kept] = std::move(sockets_[at]);
    ++kept;
  }
  sockets_.resize(kept);
}

SocketSetRead read_sockets(const SocketSource& source, model::SocketTables tables, SocketWait& wait) {
  std::vector<Socket> sockets;
  for (const auto table : model::kSocketTables) {
    if (!tables.has(table)) continue;
    if (source.diag != nullptr && source.diag->read(*source.net, table, wait, sockets) == 0) continue;
    const char* name = net_table_name(table);
    const int error = read_table_file(source.directory, source.folder + "/" + name, table, wait, sockets);
    if (error != 0 && !(error == ENOENT && may_be_missing(table))) return {nullptr, error, name};
  }
  return {std::make_shared<const SocketSet>(std::move(sockets)), 0, ""};
}

}  // namespace hostscope::linux_os
