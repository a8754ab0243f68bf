// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linux/process_tree.h"
#include "roots.h"

namespace hostscope::linux_os {

// Kills the control group of the tree's root, if it holds members of the tree and nobody else, and none that is to
// live. Those it starts at this very moment end with it. False if that was not done.
bool kill_control_group(ProcessTree& tree, int proc, const Roots& roots);

}  // namespace hostscope::linux_os
