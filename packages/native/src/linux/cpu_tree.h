// SPDX-License-Identifier: Apache-2.0
// The CPUs under /sys/devices/system/cpu.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/unique_fd.h"
#include "linux/proc_file.h"

namespace hostscope::linux_os {

// Opens a directory to reach what is in it; empty if it cannot.
UniqueFd open_directory(int dir, const char* name);

// Numbers of the directory's entries `<prefix>N`, ascending; empty if the directory cannot be read.
std::vector<std::uint32_t> numbered_entries(int dir, std::string_view prefix);

// A list as sysfs writes it, such as "0-3,8" or "0 1 2". Empty if the text is anything else.
std::optional<std::vector<std::uint32_t>> parse_cpu_list(std::string_view text);

// Reads below one directory of CPUs.
class CpuTree {
 public:
  explicit CpuTree(int sys_root) : dir_(open_directory(sys_root, "devices/system/cpu")) {}

  int dir() const { return dir_.get(); }
  // Text without the blanks around it; empty if it cannot be read or is empty.
  std::optional<std::string> text(const std::string& path);
  std::optional<std::uint64_t> number(const std::string& path);
  // A list of CPUs, which may be empty; nothing if it cannot be read.
  std::optional<std::vector<std::uint32_t>> list(const std::string& path);
  // False only if the CPU says so: most have no such file when they cannot be taken offline.
  bool is_online(std::uint32_t cpu);

 private:
  UniqueFd dir_;
  FileReader reader_;
};

// Cores of CPUs that are online, each counted once however many threads it has. Empty if the kernel does not tell.
std::optional<std::uint32_t> count_cores(CpuTree& tree);

}  // namespace hostscope::linux_os
