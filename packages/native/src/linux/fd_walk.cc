// SPDX-License-Identifier: Apache-2.0
#include "linux/fd_walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "core/unique_fd.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

// Some hundred descriptors at a time.
constexpr std::size_t kListing = 16 * 1024;
// The kernel makes a link's target in one page.
constexpr std::size_t kLongestTarget = 4096;

void read_target(int fds, const char* name, std::int32_t fd, FdDetail detail, FdWalk& out) {
  std::array<char, kLongestTarget> buffer;
  const ssize_t size = ::readlinkat(fds, name, buffer.data(), buffer.size());
  if (size < 0) {
    // A path that does not fit into the kernel's page (ENAMETOOLONG) costs only itself.
    if (errno == EACCES || errno == EPERM) out.error = errno;
    if (errno == ENOENT || errno == ESRCH) out.lost_some = true;
    return;
  }
  const std::string_view target(buffer.data(), static_cast<std::size_t>(size));
  if (const auto inode = socket_inode(target)) {
    out.sockets.push_back({fd, *inode});
  } else if (detail == FdDetail::kTargets && target.starts_with('/')) {
    out.paths.push_back({fd, std::string(target)});
  }
}

}  // namespace

void FdWalk::clear() {
  count = 0;
  sockets.clear();
  paths.clear();
  lost_some = false;
  error = 0;
}

std::optional<std::uint64_t> socket_inode(std::string_view link) {
  constexpr std::string_view kBegin = "socket:[";
  if (!link.starts_with(kBegin) || !link.ends_with(']')) return std::nullopt;
  return whole_number(link.substr(kBegin.size(), link.size() - kBegin.size() - 1));
}

void walk_fds(int dir, const char* folder, FdDetail detail, FdWalk& out, const std::function<bool()>& may_go_on) {
  out.clear();
  const UniqueFd fds(::openat(dir, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fds) {
    out.error = errno;
    return;
  }
  alignas(dirent64) std::array<char, kListing> listing;
  // To an empty piece: one that leaves room need not be the last, for the kernel breaks off when a signal is pending,
  // and the freezer and others make one look pending that no mask holds off.
  for (;;) {
    // As a system call: the C libraries do not agree on its arguments.
    const ssize_t size = ::syscall(SYS_getdents64, fds.get(), listing.data(), listing.size());
    if (size < 0) out.error = errno;
    if (size > 0 && may_go_on && !may_go_on()) out.error = ETIMEDOUT;
    if (size <= 0 || out.error != 0) return;
    for (ssize_t at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const dirent64*>(listing.data() + at);
      at += entry->d_reclen;
      std::int32_t fd = 0;
      const char* end = entry->d_name + std::strlen(entry->d_name);
      const auto parsed = std::from_chars(entry->d_name, end, fd);
      if (parsed.ec != std::errc() || parsed.ptr != end || fd < 0) continue;  // "." and ".."
      ++out.count;
      if (detail != FdDetail::kCount) read_target(fds.get(), entry->d_name, fd, detail, out);
      if (out.error != 0) return;
    }
  }
}

}  // namespace hostscope::linux_os
