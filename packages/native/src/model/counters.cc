// SPDX-License-Identifier: Apache-2.0
#include "model/counters.h"

namespace hostscope::model {

std::optional<Counters> total_of(const std::vector<NamedCounters>& rows) {
  std::optional<Counters> total;
  for (const auto& row : rows) {
    if (!row.in_total) continue;
    if (!total) total.emplace();
    for (std::size_t at = 0; at < kCounters; ++at) {
      if (const auto value = row.counters.values[at]) total->values[at] = total->values[at].value_or(0) + *value;
    }
  }
  return total;
}

}  // namespace hostscope::model
