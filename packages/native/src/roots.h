// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hostscope {

// Where the kernel's file trees are mounted. Given to each collector, never global: a test is a directory tree.
struct Roots {
  std::string proc = "/proc";
  std::string sys = "/sys";
  std::string dev = "/dev";
  std::string rootfs = "/";  // what the host's own processes see as the root of all files
  bool bpf = true;           // may load programs into the kernel, where asking its files is slow
};

}  // namespace hostscope
