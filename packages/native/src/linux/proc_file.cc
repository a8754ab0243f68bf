// SPDX-License-Identifier: Apache-2.0
#include "linux/proc_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace hostscope::linux_os {

void FileReader::grow(std::size_t used) {
  auto bigger = std::make_unique_for_overwrite<char[]>(2 * room_);
  std::memcpy(bigger.get(), buffer_.get(), used);
  buffer_ = std::move(bigger);
  room_ *= 2;
}

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
    const std::size_t room = room_ - size;
    char* to = buffer_.get() + size;
    const ssize_t got =
        from == From::kStart ? ::pread(file, to, room, static_cast<off_t>(size)) : ::read(file, to, room);
    if (got < 0) {
      if (errno == EINTR) continue;
      return {{}, errno};
    }
    size += static_cast<std::size_t>(got);
    if (got == 0 || size >= kLimit) break;
    if (end == End::kShortRead && static_cast<std::size_t>(got) < room) break;
    if (room_ - size < kFirstRead / 2) grow(size);
  }
  return {std::string_view(buffer_.get(), size), 0};
}

int FileReader::read_pieces(int dir, const char* name, const std::function<bool(std::string_view)>& take) {
  const UniqueFd file(::openat(dir, name, O_RDONLY | O_CLOEXEC));
  if (!file) return errno;
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer_.get(), room_);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0 || !take({buffer_.get(), static_cast<std::size_t>(got)})) return 0;
  }
}

FileText FileReader::read_link(int dir, const char* name) {
  for (;;) {
    const ssize_t got = ::readlinkat(dir, name, buffer_.get(), room_);
    if (got < 0) return {{}, errno};
    if (static_cast<std::size_t>(got) < room_) {
      return {std::string_view(buffer_.get(), static_cast<std::size_t>(got)), 0};
    }
    grow(0);
  }
}

}  // namespace hostscope::linux_os
