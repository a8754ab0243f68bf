// SPDX-License-Identifier: Apache-2.0
#include "linux/proc_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace hostscope::linux_os {
namespace {

// Small buffers make the kernel build /proc files in pieces, which is slow and may not be one moment's state.
constexpr std::size_t kFirstRead = 32 * 1024;
constexpr std::size_t kLimit = 16 * 1024 * 1024;

}  // namespace

FileReader::FileReader() : buffer_(kFirstRead, '\0') {}

FileText FileReader::read_until(int dir, const char* name, End end) {
  const UniqueFd file(::openat(dir, name, O_RDONLY | O_CLOEXEC));
  if (!file) return {{}, errno};
  return read_all(file.get(), end, From::kHere);
}

FileText FileReader::read_record(UniqueFd& file, int dir, const char* name) {
  if (file) return read_all(file.get(), End::kShortRead, From::kStart);
  file = UniqueFd(::openat(dir, name, O_RDONLY | O_CLOEXEC));
  if (!file) return {{}, errno};
  return read_all(file.get(), End::kShortRead, From::kHere);
}

FileText FileReader::read_all(int file, End end, From from) {
  std::size_t size = 0;
  for (;;) {
    const std::size_t room = buffer_.size() - size;
    char* to = buffer_.data() + size;
    const ssize_t got =
        from == From::kStart ? ::pread(file, to, room, static_cast<off_t>(size)) : ::read(file, to, room);
    if (got < 0) {
      if (errno == EINTR) continue;
      return {{}, errno};
    }
    size += static_cast<std::size_t>(got);
    if (got == 0 || size >= kLimit) break;
    if (end == End::kShortRead && static_cast<std::size_t>(got) < room) break;
    if (buffer_.size() - size < kFirstRead / 2) buffer_.resize(buffer_.size() * 2);
  }
  return {std::string_view(buffer_.data(), size), 0};
}

FileText FileReader::read_link(int dir, const char* name) {
  for (;;) {
    const ssize_t got = ::readlinkat(dir, name, buffer_.data(), buffer_.size());
    if (got < 0) return {{}, errno};
    if (static_cast<std::size_t>(got) < buffer_.size()) {
      return {std::string_view(buffer_.data(), static_cast<std::size_t>(got)), 0};
    }
    buffer_.resize(buffer_.size() * 2);
  }
}

}  // namespace hostscope::linux_os
