// sources: model/cpu_frequency.cc
// SPDX-License-Identifier: Apache-2.0
#include "model/cpu_frequency.h"

#include "core/check.h"

using namespace hostscope::model;

int main() {
  CHECK(!mean_frequency({}));
  const auto mean = mean_frequency({{0, {1000, 400, 4000}}, {1, {2000, std::nullopt, 5000}}, {7, {3000, 800, 6000}}});
  CHECK(mean && mean->current == 2000 && mean->min == 600 && mean->max == 5000);
  const auto without = mean_frequency({{0, {1000, std::nullopt, std::nullopt}}});
  CHECK(without && without->current == 1000 && !without->min && !without->max);
}
