// SPDX-License-Identifier: Apache-2.0
#include "model/no_wrap.h"

#include <utility>

#include "core/saturating_sum.h"

namespace hostscope::model {
void NoWrap::correct(std::vector<NamedCounters>& rows) {
  std::unordered_map<std::string, Device> devices;
  devices.reserve(rows.size());
  for (auto& row : rows) {
    const auto known = devices_.find(row.name);
    Device device = known != devices_.end() ? known->second : Device{};
    const Counters raw = row.counters;
    for (std::size_t at = 0; at < kCounters; ++at) {
      auto& value = row.counters.values[at];
      if (!value) continue;
      const auto last = device.last.values[at];
      if (last && *value < *last) device.carry[at] = core::saturating_sum(device.carry[at], *last);
      value = core::saturating_sum(*value, device.carry[at]);
    }
    device.last = raw;
    devices.insert_or_assign(row.name, device);
  }
  devices_ = std::move(devices);
}

}  // namespace hostscope::model
