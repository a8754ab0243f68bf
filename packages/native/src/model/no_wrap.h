// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/counters.h"

namespace hostscope::model {

// psutil's nowrap: keeps counters from decreasing. When one is lower than at the last reading, for it wrapped or was
// reset, what it had reached is added from then on. A device that goes away is forgotten. Wants every reading, of all
// devices, in the order in which they were taken. Not thread-safe.
class NoWrap {
 public:
  // Takes a reading and corrects it.
  void correct(std::vector<NamedCounters>& rows);

 private:
  struct Device {
    Counters last;                                 // as they were read
    std::array<std::uint64_t, kCounters> carry{};  // what they had reached before they wrapped
  };
  std::unordered_map<std::string, Device> devices_;
};

}  // namespace hostscope::model
