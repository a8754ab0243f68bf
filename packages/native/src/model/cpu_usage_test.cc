// sources: model/cpu_usage.cc
// SPDX-License-Identifier: Apache-2.0
#include "model/cpu_usage.h"

#include <cmath>
#include <initializer_list>
#include <utility>

#include "core/check.h"
#include "model/percent.h"

using namespace hostscope::model;

namespace {

using M = CpuMode;

CpuTicks ticks(std::initializer_list<std::pair<CpuMode, std::uint64_t>> values) {
  CpuTicks out;
  for (const auto& [mode, value] : values) out[mode] = value;
  return out;
}

void counts_what_is_not_idle() {
  CHECK(cpu_percent({}, ticks({{M::kUser, 1}, {M::kNice, 1}, {M::kSystem, 1}, {M::kIdle, 5}, {M::kIowait, 2}})) ==
        30.0);
  CHECK(cpu_percent({}, ticks({{M::kSteal, 1}})) == 100.0);
  CHECK(cpu_percent(ticks({{M::kUser, 5}, {M::kIdle, 5}}), ticks({{M::kUser, 5}, {M::kIdle, 15}})) == 0.0);
  CHECK(cpu_percent({}, ticks({{M::kUser, 1}, {M::kIdle, 2}})) == 33.3);
}

void measures_nothing_if_no_counter_moves() {
  const auto same = ticks({{M::kUser, 1}, {M::kIdle, 4}});
  CHECK(!cpu_percent(same, same) && !cpu_times_percent(same, same));
  CHECK(!cpu_percent(ticks({{M::kUser, 9}, {M::kIdle, 9}}), same));
}

void is_true_for_intervals_below_a_second() {
  const auto percents = cpu_times_percent({}, ticks({{M::kUser, 1}, {M::kIdle, 9}}));
  CHECK(percents && (*percents)[M::kUser] == 10.0 && (*percents)[M::kIdle] == 90.0);
}

void counts_guest_once() {
  // 4 ticks of user of which 3 are a guest's, 2 of nice of which 1 is.
  const auto later = ticks({{M::kUser, 4}, {M::kNice, 2}, {M::kIdle, 4}, {M::kGuest, 3}, {M::kGuestNice, 1}});
  CHECK(cpu_percent({}, later) == 60.0);
  const auto percents = *cpu_times_percent({}, later);
  CHECK(percents[M::kUser] == 10.0 && percents[M::kGuest] == 30.0 && percents[M::kNice] == 10.0);
  CHECK(percents[M::kGuestNice] == 10.0 && percents[M::kIdle] == 40.0 && percents[M::kIowait] == 0.0);
}

void counts_interrupts_of_windows_once() {
  const auto later = ticks({{M::kSystem, 2}, {M::kIdle, 2}, {M::kInterrupt, 1}, {M::kDpc, 1}});
  CHECK(cpu_percent({}, later) == 50.0);
  const auto percents = *cpu_times_percent({}, later);
  CHECK(percents[M::kSystem] == 50.0 && percents[M::kInterrupt] == 25.0 && percents[M::kDpc] == 25.0);
}

void clamps_each_mode_alone() {
  // idle and iowait went back: only what grew counts.
  CHECK(cpu_percent(ticks({{M::kUser, 10}, {M::kIdle, 100}, {M::kIowait, 50}}),
                    ticks({{M::kUser, 11}, {M::kIdle, 90}, {M::kIowait, 40}})) == 100.0);
  const auto percents = *cpu_times_percent(ticks({{M::kUser, 10}, {M::kIdle, 100}, {M::kIowait, 50}}),
                                           ticks({{M::kUser, 11}, {M::kIdle, 101}, {M::kIowait, 40}}));
  CHECK(percents[M::kUser] == 50.0 && percents[M::kIdle] == 50.0 && percents[M::kIowait] == 0.0);
  // The guest's time grew while user went back.
  const auto earlier = ticks({{M::kUser, 10}, {M::kGuest, 1}}),
             later = ticks({{M::kUser, 9}, {M::kIdle, 1}, {M::kGuest, 2}});
  const auto guest = *cpu_times_percent(earlier, later);
  CHECK(guest[M::kUser] == 0.0 && guest[M::kGuest] == 50.0 && guest[M::kIdle] == 50.0);
  CHECK(cpu_percent(earlier, later) == 50.0);
}

void survives_any_numbers() {
  CpuTicks earlier, later;
  later.values.fill(~std::uint64_t{0});
  const auto percents = *cpu_times_percent(earlier, later);
  for (const auto percent : percents.values) CHECK(percent >= 0 && percent <= 100);
  const auto percent = cpu_percent(earlier, later);
  CHECK(percent && *percent >= 0 && *percent <= 100);
}

void pairs_cpus_by_number() {
  CpuSample sample;
  sample.per_cpu = {{0, ticks({{M::kUser, 1}})}, {3, ticks({{M::kUser, 3}})}};
  CHECK((*find_cpu(sample, 3))[M::kUser] == 3 && find_cpu(sample, 1) == nullptr && find_cpu(sample, 4) == nullptr);
}

void rounds_as_python() {
  CHECK(percent_of(1, 3) == 33.3 && percent_of(2, 3) == 66.7 && percent_of(12.25, 100) == 12.2);
  CHECK(percent_of(0, 0) == 0 && percent_of(5, 0) == 0 && percent_of(5, -1) == 0 && percent_of(-5, 10) == 0);
  CHECK(percent_of(20, 10) == 100 && percent_of(std::nan(""), 10) == 0 && percent_of(1, std::nan("")) == 0);
}

}  // namespace

int main() {
  counts_what_is_not_idle();
  measures_nothing_if_no_counter_moves();
  is_true_for_intervals_below_a_second();
  counts_guest_once();
  counts_interrupts_of_windows_once();
  clamps_each_mode_alone();
  survives_any_numbers();
  pairs_cpus_by_number();
  rounds_as_python();
}
