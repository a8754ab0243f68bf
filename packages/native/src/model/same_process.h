// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "gen/common.gen.h"
#include "model/process.h"

namespace hostscope {

// Whether two refs mean the same process. A mark that either side lacks counts as equal.
inline bool same_process(const gen::ProcessRef& asked, const model::ProcessRef& found) {
  const auto equal_or_unknown = [](const auto& a, const auto& b) { return !a || !b || *a == *b; };
  return asked.pid == found.pid && equal_or_unknown(asked.start, found.start) &&
         equal_or_unknown(asked.pidfd_inode, found.pidfd_inode) && equal_or_unknown(asked.boot, found.boot);
}

// A ref that was found, to be asked for.
inline gen::ProcessRef asked_ref(const model::ProcessRef& found) {
  gen::ProcessRef asked;
  asked.pid = found.pid;
  asked.start = found.start;
  asked.pidfd_inode = found.pidfd_inode;
  asked.boot = found.boot;
  return asked;
}

}  // namespace hostscope
