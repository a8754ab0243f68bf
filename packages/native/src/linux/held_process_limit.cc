// SPDX-License-Identifier: Apache-2.0
// Resource limits of a process that is held.
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "linux/held_process.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

std::optional<int> kernel_resource(gen::RlimitResource resource) {
  using R = gen::RlimitResource;
  switch (resource) {
    case R::kAs:
      return RLIMIT_AS;
    case R::kCore:
      return RLIMIT_CORE;
    case R::kCpu:
      return RLIMIT_CPU;
    case R::kData:
      return RLIMIT_DATA;
    case R::kFsize:
      return RLIMIT_FSIZE;
    case R::kLocks:
      return RLIMIT_LOCKS;
    case R::kMemlock:
      return RLIMIT_MEMLOCK;
    case R::kMsgqueue:
      return RLIMIT_MSGQUEUE;
    case R::kNice:
      return RLIMIT_NICE;
    case R::kNofile:
      return RLIMIT_NOFILE;
    case R::kNproc:
      return RLIMIT_NPROC;
    case R::kRss:
      return RLIMIT_RSS;
    case R::kRtprio:
      return RLIMIT_RTPRIO;
    case R::kRttime:
      return RLIMIT_RTTIME;
    case R::kSigpending:
      return RLIMIT_SIGPENDING;
    case R::kStack:
      return RLIMIT_STACK;
    case R::kUnspecified:
      break;
  }
  return std::nullopt;
}

rlim64_t kernel_limit(const std::optional<std::uint64_t>& limit) { return limit.value_or(RLIM64_INFINITY); }

}  // namespace

Result<gen::Guarantee> LinuxHeldProcess::set_limit(gen::RlimitResource resource, const model::ResourceLimit& limit) {
  const auto number = kernel_resource(resource);
  if (!number) return Status::invalid_argument("resource", "is not one of the resources that can be limited");
  const rlimit64 asked{kernel_limit(limit.soft), kernel_limit(limit.hard)};
  if (asked.rlim_cur > asked.rlim_max) return Status::invalid_argument("limits.soft", "must not be above limits.hard");
  if (*number == RLIMIT_NOFILE) {
    // The kernel answers as if a right were missing, but nobody has it.
    FileReader reader;
    const auto most = whole_number(trimmed(reader.read(context_->proc.get(), "sys/fs/nr_open").text));
    if (most && asked.rlim_max > *most) {
      return Status::out_of_range("limits.hard", "is above what this host allows, " + std::to_string(*most));
    }
  }
  if (protection_) return Status::protected_process(ref_.pid, *protection_);
  return set_by_pid("set the limit", Threads::kFirst, [&](pid_t pid) {
    // As a system call: the C libraries do not agree on the type of the resource.
    return ::syscall(SYS_prlimit64, pid, *number, &asked, nullptr) == 0 ? 0 : errno;
  });
}

}  // namespace hostscope::linux_os
