// SPDX-License-Identifier: Apache-2.0
#include "linux/protected_processes.h"

#include <unistd.h>

#include <algorithm>

#include "linux/proc_file.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

constexpr std::size_t kMostAncestors = 1000;

}  // namespace

// Not by the command line, which has the whole name: to read it can take for ever, and the process can change it. So a
// long name protects all that are called alike in its first 15 bytes, which errs on the safe side.
bool may_be_named(std::string_view comm, std::string_view name) { return comm == name.substr(0, kCommMax); }

ProtectedProcesses::ProtectedProcesses(int proc, const std::vector<std::string>& names) : names_(names) {
  FileReader reader;
  for (std::int64_t pid = ::getpid(); pid > 0 && own_line_.size() < kMostAncestors;) {
    own_line_.push_back(pid);
    const auto file = reader.read_record(proc, (std::to_string(pid) + "/stat").c_str());
    const auto stat = file.error == 0 ? parse_process_stat(file.text) : std::nullopt;
    pid = stat ? stat->ppid : 0;
  }
}

std::optional<std::string> ProtectedProcesses::why(std::int64_t pid, const ProcessStat& stat) const {
  if (pid == 1) return "it is the first process of the host";
  if (stat.is_kernel_thread()) return "it is a thread of the kernel";
  if (!own_line_.empty() && pid == own_line_.front()) return "it is this very process";
  if (std::find(own_line_.begin(), own_line_.end(), pid) != own_line_.end()) {
    return "it is an ancestor of this very process";
  }
  const auto named = [&](const std::string& name) { return may_be_named(stat.comm, name); };
  if (std::any_of(names_.begin(), names_.end(), named)) return "its name is on the list of those to be left alone";
  return std::nullopt;
}

}  // namespace hostscope::linux_os
