// sources: model/decaying_load.cc
// SPDX-License-Identifier: Apache-2.0
#include "model/decaying_load.h"

#include <cmath>

#include "core/check.h"

using namespace hostscope::model;

namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

void test_begins() {
  DecayingLoad load;
  CHECK(!load.averages());
  load.add(7, 100 * kSecond);
  CHECK(!load.averages());
  load.add(3, 105 * kSecond);
  // Only what was sampled counts: not the minutes before, and not the moment that began it.
  CHECK(near(load.averages()->load1, 3) && near(load.averages()->load5, 3) && near(load.averages()->load15, 3));
}

// Against the sum over all samples, each with its own weight.
void test_decays() {
  DecayingLoad load;
  load.add(0, 0);
  double sum = 0, weights = 0;
  constexpr int kSamples = 200;
  for (int i = 1; i <= kSamples; ++i) {
    load.add(i % 7, static_cast<std::uint64_t>(i) * 5 * kSecond);
    const double weight = std::exp(-5.0 / 60 * (kSamples - i));
    sum += weight * (i % 7);
    weights += weight;
  }
  CHECK(near(load.averages()->load1, sum / weights));
  // psutil's factor for five seconds.
  DecayingLoad step;
  step.add(0, 0);
  for (int i = 1; i <= 100'000; ++i) step.add(0, static_cast<std::uint64_t>(i) * 5 * kSecond);
  step.add(1, 100'001ULL * 5 * kSecond);
  CHECK(std::abs(step.averages()->load1 - (1 - 0.92004441)) < 1e-7);
  CHECK(std::abs(step.averages()->load5 - (1 - 0.98347145)) < 1e-7);
  CHECK(std::abs(step.averages()->load15 - (1 - 0.99445985)) < 1e-7);
}

void test_uneven_steps() {
  // A host that slept: what it was when it woke counts for all that time.
  DecayingLoad load;
  load.add(0, 0);
  load.add(4, 5 * kSecond);
  load.add(0, 3'605 * kSecond);
  CHECK(load.averages()->load1 < 1e-9);
  // A clock that stands still adds nothing.
  const double before = load.averages()->load15;
  load.add(1'000, 3'605 * kSecond);
  CHECK(near(load.averages()->load15, before));
}

}  // namespace

int main() {
  test_begins();
  test_decays();
  test_uneven_steps();
}
