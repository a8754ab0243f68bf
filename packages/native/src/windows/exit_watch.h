// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "../exit_watch.h"  // "exit_watch.h" would be this very file
#include "core/result.h"
#include "gen/common.gen.h"

namespace hostscope::windows_os {

// See Collector::watch_exit. The system's own thread pool waits: one thread for each 63 processes.
Result<std::shared_ptr<ExitWatch>> watch_exit(const gen::ProcessRef& ref, ExitWatchMode mode, std::size_t which,
                                              std::shared_ptr<ExitListener> listener);

}  // namespace hostscope::windows_os
