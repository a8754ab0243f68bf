// sources: handlers/since_sample.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "handlers/since_sample.h"

#include "core/check.h"

using namespace hostscope;
using M = model::CpuMode;

namespace {

model::CpuSample now() {
  model::CpuSample sample;
  sample.monotonic_ns = 1000;
  sample.boot = 7;
  sample.modes = {M::kUser, M::kSystem, M::kIdle};
  return sample;
}

gen::CpuSample earlier() {
  gen::CpuSample sample;
  sample.monotonic_ns = 400;
  sample.boot = 7;
  sample.total = {1, 2, 3};
  sample.cpus = {0, 5};
  sample.ticks = {10, 11, 12, 20, 21, 22};
  return sample;
}

template <class Change>
Result<std::optional<model::CpuSample>> changed(bool percpu, Change change) {
  auto sample = earlier();
  change(sample);
  return since_sample(sample, now(), percpu);
}

template <class Change>
void is_passed_over(bool percpu, Change change) {
  const auto result = changed(percpu, change);
  CHECK(result.ok() && !*result);
}

template <class Change>
void is_refused(std::string_view field, Change change) {
  for (const bool percpu : {false, true}) {
    const auto result = changed(percpu, change);
    CHECK(!result.ok() && result.status().reason == ErrorReason::kInvalidArgument && result.status().field == field);
  }
}

void serves() {
  const auto result = changed(true, [](auto&) {});
  CHECK(result.ok() && *result);
  const auto& sample = **result;
  CHECK(sample.monotonic_ns == 400 && sample.total[M::kUser] == 1 && sample.total[M::kSystem] == 2);
  CHECK(sample.total[M::kIdle] == 3 && sample.total[M::kNice] == 0);
  CHECK(sample.per_cpu.size() == 2 && sample.per_cpu[1].cpu == 5 && sample.per_cpu[1].ticks[M::kSystem] == 21);
  CHECK((*changed(false, [](auto&) {}))->per_cpu.empty());
  CHECK(*changed(false, [](auto& sample) { sample.cpus = {}, sample.ticks = {}; }));
  CHECK(*changed(true, [](auto& sample) { sample.boot.reset(); }));  // an unknown mark counts as equal
  CHECK(*changed(true, [](auto& sample) { sample.monotonic_ns = 1000; }));
}

}  // namespace

int main() {
  serves();
  is_passed_over(true, [](auto& sample) { sample.boot = 8; });
  is_passed_over(false, [](auto& sample) { sample.boot = 8, sample.total = {}; });
  is_passed_over(true, [](auto& sample) { sample.boot.reset(), sample.monotonic_ns = 1001; });
  is_passed_over(true, [](auto& sample) { sample.cpus = {}, sample.ticks = {}; });
  is_refused("since.monotonic_ns", [](auto& sample) { sample.monotonic_ns = 1001; });
  is_refused("since.total", [](auto& sample) { sample.total = {}; });
  is_refused("since.total", [](auto& sample) { sample.total.push_back(4); });
  is_refused("since.total", [](auto& sample) { sample = {}; });
  is_refused("since.ticks", [](auto& sample) { sample.ticks.pop_back(); });
  is_refused("since.ticks", [](auto& sample) { sample.cpus.push_back(9); });
  is_refused("since.cpus", [](auto& sample) { sample.cpus = {5, 0}; });
  is_refused("since.cpus", [](auto& sample) { sample.cpus = {5, 5}; });
}
