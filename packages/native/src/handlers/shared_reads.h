// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "handlers/one_at_a_time.h"
#include "handlers/shared_counters.h"

namespace hostscope {

// What several methods of one collector read in turns.
struct SharedReads {
  const SharedCounters disks{"disks", &Collector::disk_counters};
  const SharedCounters nics{"interfaces", &Collector::net_counters};
  const std::shared_ptr<OneAtATime> paths = std::make_shared<OneAtATime>();    // of file systems
  const std::shared_ptr<OneAtATime> metrics = std::make_shared<OneAtATime>();  // of watches
};

}  // namespace hostscope
