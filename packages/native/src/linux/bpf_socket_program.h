// SPDX-License-Identifier: Apache-2.0
// The program that the kernel runs for each open file of each task, to tell which sockets are held by whom.
#pragma once

#include <linux/bpf.h>

#include <array>
#include <cstdint>
#include <optional>

#include "linux/bpf_btf.h"

namespace hostscope::linux_os {

// What the program writes for each descriptor that is a socket.
struct HeldSocket {
  std::int32_t pid;  // in the initial pid namespace
  std::int32_t fd;
  std::uint64_t inode;
};
static_assert(sizeof(HeldSocket) == 16);

// The program under which the kernel shows its structures, which it does for none that is not under the GPL: these
// instructions may be used under the GPL, version 2, as well as under this project's licence.
inline constexpr const char* kSocketProgramLicence = "GPL";
inline constexpr const char* kSocketProgramName = "hostscope_socks";

struct SocketProgram {
  BtfType function;  // of the iterator that it is for
  std::array<bpf_insn, 25> instructions;
};

// The program for a kernel with these types; empty if they are not as it needs them.
std::optional<SocketProgram> socket_program(const Btf& kernel);

}  // namespace hostscope::linux_os
