// SPDX-License-Identifier: Apache-2.0
#include "handlers/patient_answer.h"

#include <algorithm>
#include <cmath>

namespace hostscope {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr double kMostSeconds = 60;
constexpr milliseconds kForTheAnswer{200};

}  // namespace

Result<milliseconds> seconds_of(const std::optional<double>& given, double otherwise, std::string_view field) {
  const double seconds = given.value_or(otherwise);
  if (!(seconds >= 0 && seconds <= kMostSeconds))
    return Status::invalid_argument(field, "must be from 0 to 60 seconds");
  return milliseconds(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
}

model::Patience patience_of(const CallPtr& call, milliseconds wanted) {
  const auto now = Clock::now();
  auto until = now + wanted;
  if (const auto deadline = call->deadline()) {
    const auto spare = std::min<Clock::duration>(kForTheAnswer, (*deadline - now) / 4);
    until = std::min(until, *deadline - spare);
  }
  return {until, [call] { return !call->cancelled(); }, &call->grant()};
}

void answer_patiently(const Context& context, const CallPtr& call, milliseconds patience,
                      std::function<Result<wire::Buffer>()> answer) {
  constexpr std::chrono::seconds kForTheWork{30};
  context.tree_pool->submit(
      {.op = call->info().name,
       .run =
           [call, answer = std::move(answer)](ReadGuard&) {
             if (call->cancelled()) return;
             auto result = answer();
             if (result) {
               call->finish(std::move(*result));
             } else {
               call->fail(std::move(result.status()));
             }
           },
       .stuck = [call](std::optional<StuckTarget>) { call->fail(Status::deadline("the system does not answer")); },
       .rejected = [call](Status status) { call->fail(std::move(status)); },
       .patience = patience + kForTheWork});
}

}  // namespace hostscope
