// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/result.h"
#include "linux/linux_process_reader.h"
#include "model/process_tree.h"
#include "roots.h"

namespace hostscope::linux_os {

// Ends the process and all that descends from it, or the latter alone. Fails if the root may not be signalled.
Result<model::KilledTree> kill_tree(std::shared_ptr<const ProcessContext> context, const Roots& roots,
                                    const gen::ProcessRef& root, bool keep_root, const model::Patience& patience);

// Ends its children, or all that descends from it: SIGTERM, and at `kill_at` SIGKILL for those that are left. That is
// not sent if the time is over before, or the caller gone.
Result<std::vector<model::ControlTarget>> reap(std::shared_ptr<const ProcessContext> context,
                                               const gen::ProcessRef& root, bool recursive,
                                               std::chrono::steady_clock::time_point kill_at,
                                               const model::Patience& patience);

}  // namespace hostscope::linux_os
