// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

namespace hostscope::model {

// `part` of `whole` in percent, to one decimal, within 0 and 100. 0 of nothing: a host without swap has none in use.
inline double percent_of(double part, double whole) {
  if (!(whole > 0) || !(part > 0)) return 0;
  const double percent = std::min(100.0, 100.0 * part / whole);
  return std::nearbyint(percent * 10) / 10;  // halves to even, as Python rounds
}

}  // namespace hostscope::model
