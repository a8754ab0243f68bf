// SPDX-License-Identifier: Apache-2.0
#include "linux/process_target.h"

namespace hostscope::linux_os {

bool LinuxProcessReader::read_details(Target& target) {
  if (target.wants(A::kCwd) && !read_cwd(target)) return false;
  if (target.wants(A::kEnviron) && !read_environ(target)) return false;
  if (target.wants(A::kIonice) && !read_ionice(target)) return false;
  if (target.wants(A::kNumFds) && !read_num_fds(target)) return false;
  if (target.wants(A::kThreads) && !read_threads(target)) return false;
  if (target.wants(A::kCpuAffinity) && !read_cpu_affinity(target)) return false;
  if (target.wants(A::kMemoryMaps) && !read_memory_maps(target)) return false;  // first: it may give the shares too
  if (target.has_statm && !target.wanted_from_shares().empty() && !read_memory_shares(target)) return false;
  if (target.wants(A::kOpenFiles) && !read_open_files(target)) return false;
  if (target.wants(A::kConnections) && !read_connections(target)) return false;
  if (target.wants(A::kCgroup) && !read_cgroup(target)) return false;
  return true;
}

const FdWalk* LinuxProcessReader::fds(Target& target, A attribute) {
  if (target.has_fds) return &fds_;
  if (!target.enter(ProcessSource::kFds, {attribute})) return nullptr;
  const bool links = !target.wanted({A::kOpenFiles, A::kConnections}).empty();
  walk_fds(target.directory(), "fd", links ? FdDetail::kTargets : FdDetail::kCount, fds_,
           [&] { return target.guard.enter(target.pid, static_cast<std::uint8_t>(ProcessSource::kFds)); });
  target.has_fds = true;
  return &fds_;
}

}  // namespace hostscope::linux_os
