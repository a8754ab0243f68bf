// SPDX-License-Identifier: Apache-2.0
#include "linux/pids.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <string>

#include "linux/directory_names.h"
#include "linux/proc_file.h"
#include "linux/process_status.h"

namespace hostscope::linux_os {

Result<std::vector<std::int64_t>> list_pids(int proc) {
  std::vector<std::int64_t> pids;
  const int error = for_each_name(proc, ".", [&](std::string_view name) {
    if (const auto pid = id_of(name)) pids.push_back(*pid);
  });
  if (error != 0) return Status::os("list the procfs root", error);
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
