// sources: model/limits.cc
// SPDX-License-Identifier: Apache-2.0
#include "model/limits.h"

#include "core/check.h"

using namespace hostscope::model;

namespace {

void takes_the_least() {
  const HostLimits host{.cpus = 8, .memory = 1000};
  CHECK(effective_cpus(host, std::nullopt) == 8.0 && effective_memory(host, std::nullopt) == 1000u);
  CgroupLimits group;
  CHECK(effective_cpus(host, group) == 8.0 && effective_memory(host, group) == 1000u);
  group.cpuset = {0, 3};
  group.memory_max = 300;
  CHECK(effective_cpus(host, group) == 2.0 && effective_memory(host, group) == 300u);
  group.cpu_quota = 0.5;
  CHECK(effective_cpus(host, group) == 0.5);
  group.cpu_quota = 64;
  group.memory_max = 5000;
  CHECK(effective_cpus(host, group) == 2.0 && effective_memory(host, group) == 1000u);
}

void knows_that_it_does_not_know() {
  CHECK(!effective_cpus({}, std::nullopt) && !effective_memory({}, CgroupLimits{}));
  CgroupLimits group;
  group.cpu_quota = 1.5;
  CHECK(effective_cpus({}, group) == 1.5);
}

}  // namespace

int main() {
  takes_the_least();
  knows_that_it_does_not_know();
}
