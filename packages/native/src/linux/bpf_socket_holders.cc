// SPDX-License-Identifier: Apache-2.0
#include "linux/bpf_socket_holders.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>

#include "linux/bpf_calls.h"
#include "linux/proc_file.h"

namespace hostscope::linux_os {
namespace {

// The kernel makes half of it at a time.
constexpr std::size_t kRoom = 4096;
// PROC_PID_INIT_INO, the same since namespaces have numbers.
constexpr ino_t kInitialPidNamespace = 0xEFFFFFFC;

// The kernel's own BTF, megabytes that are needed once. Seen in place since Linux 6.16; until then it is copied, which
// a sysfs does a page at a time.
class KernelTypes {
 public:
  explicit KernelTypes(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat info {};
    struct statfs system {};
    if (!file_ || ::fstat(file_.get(), &info) != 0 || ::fstatfs(file_.get(), &system) != 0) {
      read_.error = errno;
      return;
    }
    // Of another file system's file the end could be cut off while it is looked at.
    if (system.f_type == SYSFS_MAGIC && info.st_size > 0) {
      size_ = static_cast<std::size_t>(info.st_size);
      mapped_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_.get(), 0);
    }
    read_ = mapped_ != MAP_FAILED ? FileText{{static_cast<const char*>(mapped_), size_}} : reader_.read(file_);
  }
  KernelTypes(const KernelTypes&) = delete;
  ~KernelTypes() {
    if (mapped_ != MAP_FAILED) ::munmap(mapped_, size_);
  }

  const FileText& read() const { return read_; }

 private:
  const UniqueFd file_;
  FileReader reader_;
  FileText read_;
  void* mapped_ = MAP_FAILED;
  std::size_t size_ = 0;
};

// The program tells pids of the initial namespace. That of the collector must be the same, and is that of the procfs.
bool in_initial_pid_namespace(int proc) {
  struct stat info {};
  return ::fstatat(proc, "self/ns/pid", &info, 0) == 0 && info.st_ino == kInitialPidNamespace;
}

// Whether the links of every process's descriptors could be read: the folders are their owners' own, and a link is for
// who may trace the process. Who may not is not to see more this way. Asked each time, for rights can be given up.
bool may_read_every_link() {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  __user_cap_data_struct rights[_LINUX_CAPABILITY_U32S_3]{};
  if (::syscall(SYS_capget, &header, rights) != 0) return false;
  const auto has = [&](unsigned right) { return (rights[right / 32].effective >> right % 32 & 1) != 0; };
  return has(CAP_SYS_PTRACE) && (has(CAP_DAC_READ_SEARCH) || has(CAP_DAC_OVERRIDE));
}

// A filter may kill a process that makes a call it does not know, as service managers have it by default, and there is
// no way to ask it first.
bool may_be_killed_for_a_call() { return ::prctl(PR_GET_SECCOMP) == SECCOMP_MODE_FILTER; }

// Whether the next try may end otherwise.
bool may_load_later(int error) {
  return error == EINTR || error == EAGAIN || error == ENOMEM || error == EMFILE || error == ENFILE ||
         error == ETIMEDOUT;
}

}  // namespace

int BpfSocketHolders::load(const SocketWait& wait) const {
  if (may_be_killed_for_a_call() || !in_initial_pid_namespace(proc_)) return EOPNOTSUPP;
  const KernelTypes types(sys_ + "/kernel/btf/vmlinux");
  if (const int error = types.read().error; error != 0) return error;
  const auto kernel = parse_btf(types.read().text);
  const auto program = kernel ? socket_program(*kernel) : std::nullopt;
  if (!program) return EOPNOTSUPP;
  if (!wait.go_on()) return ETIMEDOUT;
  const auto loaded =
      bpf_load_iterator(program->instructions, program->function, kSocketProgramName, kSocketProgramLicence);
  if (!loaded) return errno;
  link_ = bpf_link_iterator(loaded);
  return link_ ? 0 : errno;
}

BpfSocketHolders::State BpfSocketHolders::open(const SocketWait& wait) const {
  const int error = load(wait);
  if (error == 0) return State::kOpen;
  return may_load_later(error) ? State::kNew : State::kBarred;
}

bool BpfSocketHolders::is_open(const SocketWait& wait) const {
  auto state = State::kNew;
  if (state_.compare_exchange_strong(state, State::kOpening, std::memory_order_acquire)) {
    state = open(wait);
    state_.store(state, std::memory_order_release);
  }
  // Whoever comes while another opens it does not wait.
  return state == State::kOpen;
}

bool BpfSocketHolders::read(const SocketWait& wait, std::vector<HeldSocket>& out) const {
  if (!usable_ || !may_read_every_link() || !wait.go_on() || !is_open(wait)) return false;
  const auto iteration = bpf_begin_iteration(link_);
  if (!iteration) return false;
  out.clear();
  while (wait.go_on()) {
    const std::size_t before = out.size();
    out.resize(before + kRoom);
    const ssize_t got = ::read(iteration.get(), out.data() + before, kRoom * sizeof(HeldSocket));
    const int error = got < 0 ? errno : 0;
    out.resize(before + (got > 0 ? static_cast<std::size_t>(got) / sizeof(HeldSocket) : 0));
    if (got == 0) return true;
    // After a million descriptors without a socket the kernel wants to be asked again.
    if (got < 0 && error != EINTR && error != EAGAIN) break;
  }
  out.clear();
  return false;
}

}  // namespace hostscope::linux_os
