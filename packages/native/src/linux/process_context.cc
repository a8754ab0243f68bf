// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <charconv>

#include "linux/linux_process_reader.h"

namespace hostscope::linux_os {
namespace {

constexpr long kPidfsMagic = 0x50494446;  // PID_FS_MAGIC, in kernel headers since 6.9

// Older kernels give every pidfd the same anonymous inode, which identifies nothing.
bool pidfds_have_inodes() {
  const UniqueFd self(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
  struct statfs info {};
  return self && ::fstatfs(self.get(), &info) == 0 && static_cast<long>(info.f_type) == kPidfsMagic;
}

std::optional<std::uint32_t> boot_mark(int proc) {
  FileReader reader;
  const auto [text, error] = reader.read(proc, "sys/kernel/random/boot_id");
  std::uint32_t mark = 0;
  if (error != 0 || text.size() < 8) return std::nullopt;
  if (std::from_chars(text.data(), text.data() + 8, mark, 16).ptr != text.data() + 8) return std::nullopt;
  return mark;
}

// A file that was kept says what it said: only the kernel's own are made anew at each read.
std::size_t handle_budget(const UniqueFd& proc) {
  struct statfs info {};
  const bool is_procfs = proc && ::fstatfs(proc.get(), &info) == 0 && info.f_type == PROC_SUPER_MAGIC;
  return is_procfs ? ProcessHandles::default_budget() : 0;
}

}  // namespace

ProcessContext::ProcessContext(const std::string& proc_root, const std::string& dev_root)
    : proc(::open(proc_root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)),
      terminals(dev_root),
      handles(handle_budget(proc)) {
  FileReader reader;
  const auto self = reader.read_link(proc.get(), "self");
  // Only then do system calls on pids mean the same processes as this procfs.
  const bool own_pid_namespace = self.error == 0 && self.text == std::to_string(::getpid());
  has_pidfd_inode = own_pid_namespace && pidfds_have_inodes();
  boot = boot_mark(proc.get());
  const long ticks = ::sysconf(_SC_CLK_TCK), page = ::sysconf(_SC_PAGESIZE);
  if (ticks > 0) ticks_per_second = static_cast<double>(ticks);
  if (page > 0) page_size = static_cast<std::uint64_t>(page);
}

}  // namespace hostscope::linux_os
