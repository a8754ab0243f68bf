// sources: handlers/signal_previews.cc
// SPDX-License-Identifier: Apache-2.0
#include "handlers/signal_previews.h"

#include <set>

#include "core/check.h"

using namespace hostscope;

namespace {

SignalPreview preview_of(std::int64_t pid) {
  model::ProcessRef ref;
  ref.pid = pid;
  return {15, {ref}};
}

const SignalPreviews::Clock::time_point kNow{};

void test_once() {
  SignalPreviews previews;
  const auto token = previews.add(preview_of(5), kNow);
  const auto other = previews.add(preview_of(6), kNow);
  CHECK(!previews.take("", kNow));
  CHECK(!previews.take(token.substr(1), kNow));
  const auto taken = previews.take(token, kNow);
  CHECK(taken && taken->signal == 15 && taken->targets.size() == 1 && taken->targets[0].pid == 5);
  CHECK(!previews.take(token, kNow));
  CHECK(previews.take(other, kNow).has_value());
}

void test_too_late() {
  SignalPreviews previews;
  const auto in_time = previews.add(preview_of(5), kNow), late = previews.add(preview_of(6), kNow);
  CHECK(previews.take(in_time, kNow + SignalPreviews::kLifetime - std::chrono::nanoseconds(1)).has_value());
  CHECK(!previews.take(late, kNow + SignalPreviews::kLifetime));
}

void test_few_are_kept() {
  SignalPreviews previews;
  const auto first = previews.add(preview_of(0), kNow), second = previews.add(preview_of(1), kNow);
  for (std::size_t i = 2; i <= SignalPreviews::kMost; ++i) previews.add(preview_of(static_cast<int>(i)), kNow);
  CHECK(!previews.take(first, kNow));
  CHECK(previews.take(second, kNow).has_value());
}

void test_tokens() {
  SignalPreviews previews;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto token = previews.add(preview_of(i), kNow);
    CHECK(token.size() == 32 && token.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(seen.insert(token).second);
  }
}

}  // namespace

int main() {
  test_once();
  test_too_late();
  test_few_are_kept();
  test_tokens();
}
