// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <charconv>

#include "linux/linux_process_reader.h"
#include "linux/pid_namespace.h"
#include "linux/rooted_file.h"
#include "posix/passwd.h"

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
std::size_t handle_budget(const UniqueFd& proc) { return is_procfs(proc.get()) ? ProcessHandles::default_budget() : 0; }

// Of another system's users only its files can tell: the directories that this one asks are its own.
posix::UserNames::LookUp user_names(const std::string& rootfs) {
  if (rootfs == "/") return posix::user_name_here;
  return [rootfs](uid_t uid) {
    const UniqueFd passwd = open_in_root(rootfs, "etc/passwd");
    FileReader reader;
    const auto [text, error] = reader.read(passwd);
    const auto name = posix::name_in_passwd(text, uid);
    return name ? std::string(*name) : std::to_string(uid);
  };
}

}  // namespace

ProcessContext::ProcessContext(const Roots& roots)
    : proc(::open(roots.proc.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)),
      sys(::open(roots.sys.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)),
      is_procfs(linux_os::is_procfs(proc.get())),
      own_pid_namespace(is_own_pid_namespace(proc.get())),
      users(user_names(roots.rootfs)),
      terminals(roots.dev),
      net(proc.get(), roots, own_pid_namespace),
      sock_diag(is_procfs),
      bpf_sockets(roots.bpf && own_pid_namespace, proc.get(), roots.sys),
      handles(handle_budget(proc)) {
  has_pidfd_inode = own_pid_namespace && pidfds_have_inodes();
  boot = boot_mark(proc.get());
  const long ticks = ::sysconf(_SC_CLK_TCK), page = ::sysconf(_SC_PAGESIZE);
  if (ticks > 0) ticks_per_second = static_cast<double>(ticks);
  if (page > 0) page_size = static_cast<std::uint64_t>(page);
}

}  // namespace hostscope::linux_os
