// SPDX-License-Identifier: Apache-2.0
// The collector's method that waits for processes.
#include <utility>

#include "linux/collector.h"

namespace hostscope::linux_os {

Result<std::shared_ptr<ExitWatch>> LinuxCollector::watch_exit(const gen::ProcessRef& ref, ExitWatchMode mode,
                                                              std::size_t which,
                                                              std::shared_ptr<ExitListener> listener) const {
  return exits_->watch(ref, mode, which, std::move(listener));
}

}  // namespace hostscope::linux_os
