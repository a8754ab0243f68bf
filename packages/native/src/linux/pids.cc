// SPDX-License-Identifier: Apache-2.0
#include "linux/pids.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <string>

#include "linux/proc_file.h"
#include "linux/process_status.h"

namespace hostscope::linux_os {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

Result<std::vector<std::int64_t>> list_pids(int proc) {
  const int fd = ::openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Status::os("open the procfs root", errno);
  const std::unique_ptr<DIR, CloseDirectory> entries(::fdopendir(fd));  // takes `fd` over
  if (!entries) {
    const int error = errno;
    ::close(fd);
    return Status::os("list the procfs root", error);
  }
  std::vector<std::int64_t> pids;
  errno = 0;
  while (const dirent* entry = ::readdir(entries.get())) {
    std::int64_t pid = 0;
    const char* end = entry->d_name + std::strlen(entry->d_name);
    const auto parsed = std::from_chars(entry->d_name, end, pid);
    if (parsed.ec == std::errc() && parsed.ptr == end && pid > 0) pids.push_back(pid);
    errno = 0;
  }
  if (errno != 0) return Status::os("list the procfs root", errno);
  std::sort(pids.begin(), pids.end());
  return pids;
}

Result<bool> pid_exists(int proc, std::int64_t pid) {
  if (pid <= 0 || pid > std::numeric_limits<std::int32_t>::max()) return false;
  FileReader reader;
  const auto file = reader.read_record(proc, (std::to_string(pid) + "/status").c_str());
  if (file.error == ENOENT || file.error == ESRCH) return false;
  if (file.error == 0) {
    const auto tgid = parse_process_status(file.text).tgid;
    if (tgid) return *tgid == pid;
  }
  // Hidden from us, or a file we cannot read: the listing knows processes only.
  const auto pids = list_pids(proc);
  if (!pids) return pids.status();
  return std::binary_search(pids->begin(), pids->end(), pid);
}

}  // namespace hostscope::linux_os
