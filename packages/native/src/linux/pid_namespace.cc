// SPDX-License-Identifier: Apache-2.0
#include "linux/pid_namespace.h"

#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <string>

#include "linux/proc_file.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {

namespace {

// The ids, with blanks between them; empty if there are none.
std::string_view nested_pids(std::string_view status) {
  constexpr std::string_view kKey = "NSpid:";
  take_line(status);  // the name, which a process chooses
  while (!status.empty()) {
    auto line = take_line(status);
    if (!line.starts_with(kKey)) continue;
    return trimmed(line.substr(kKey.size()));
  }
  return {};
}

}  // namespace

std::size_t count_nested_pids(std::string_view status) {
  auto ids = nested_pids(status);
  std::size_t count = 0;
  while (!take_word(ids).empty()) ++count;
  return count;
}

bool is_first_of_namespace(std::string_view status) {
  auto ids = nested_pids(status);
  std::string_view last;
  std::size_t count = 0;
  for (auto id = take_word(ids); !id.empty(); id = take_word(ids), ++count) last = id;
  return count > 1 && last == "1";
}

bool is_procfs(int proc) {
  struct statfs info {};
  return ::fstatfs(proc, &info) == 0 && info.f_type == PROC_SUPER_MAGIC;
}

bool is_own_pid_namespace(int proc) {
  if (!is_procfs(proc)) return false;
  FileReader reader;
  const auto self = reader.read_link(proc, "self");
  if (self.error != 0 || self.text != std::to_string(::getpid())) return false;
  // The same number in two namespaces is chance, but it happens in small containers.
  const auto status = reader.read_record(proc, "self/status");
  return status.error == 0 && count_nested_pids(status.text) <= 1;
}

}  // namespace hostscope::linux_os
