// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "core/unique_fd.h"
#include "linux/bpf_socket_program.h"
#include "linux/socket_wait.h"

namespace hostscope::linux_os {

// Which process holds which socket, from a program in the kernel (a BPF iterator): one answer for the whole host, where
// the links of /proc/PID/fd cost a system call for each descriptor. Needs Linux 5.8 with BTF, the rights that root has,
// and no filter of system calls; where it is not to be had, that is remembered. Gives what the links would tell, and
// only to who could read them all. Thread-safe.
class BpfSocketHolders {
 public:
  // Unless `usable`, never answers. `proc` is the procfs root and stays open; `sys` is the path of the sysfs root.
  BpfSocketHolders(bool usable, int proc, std::string sys) : usable_(usable), proc_(proc), sys_(std::move(sys)) {}

  // Every descriptor of every process that is a socket, by pid and descriptor. False: ask the processes one by one.
  bool read(const SocketWait& wait, std::vector<HeldSocket>& out) const;

 private:
  enum class State : std::uint8_t { kNew, kOpening, kOpen, kBarred };

  bool is_open(const SocketWait& wait) const;
  State open(const SocketWait& wait) const;
  int load(const SocketWait& wait) const;  // 0 or an errno

  const bool usable_;
  const int proc_;
  const std::string sys_;
  mutable std::atomic<State> state_{State::kNew};
  mutable UniqueFd link_;  // written by who is opening, then never again
};

}  // namespace hostscope::linux_os
