// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>

namespace hostscope::linux_os {

// Calls `visit(name)` for each entry of the directory `name` below `dir`, except "." and "..". Gives 0, or why not all
// could be visited.
template <class Visit>
int for_each_name(int dir, const char* name, Visit&& visit) {
  struct Close {
    void operator()(DIR* directory) const { ::closedir(directory); }
  };
  const int fd = ::openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno;
  const std::unique_ptr<DIR, Close> entries(::fdopendir(fd));  // takes `fd` over
  if (!entries) {
    const int error = errno;
    ::close(fd);
    return error;
  }
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(entries.get());
    if (entry == nullptr) return errno;
    const std::string_view found(entry->d_name);
    if (found != "." && found != "..") visit(found);
  }
}

// A name that is a positive number and nothing else, as those of processes and threads are.
inline std::optional<std::int64_t> id_of(std::string_view name) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  return error == std::errc() && end == name.data() + name.size() && id > 0 ? std::optional(id) : std::nullopt;
}

}  // namespace hostscope::linux_os
