// SPDX-License-Identifier: Apache-2.0
// Ending many processes in one call. The answer comes before the call's deadline, whatever is left by then.
#include <algorithm>
#include <cmath>

#include "dispatch.h"
#include "encode/process.h"
#include "encode/process_tree.h"
#include "handlers/mutation.h"

namespace hostscope {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr double kMostSeconds = 60;
constexpr milliseconds kForTheAnswer{200};

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

// Runs `answer` on a thread that may wait, and answers the call with what it gives.
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

// What both requests have in common, checked.
template <class Request>
std::optional<gen::ProcessRef> checked_ref(const CallPtr& call, const Request& request) {
  auto checked = check_mutation(request.mutation);
  auto ref = required_ref(request.ref);
  if (checked && ref) return std::move(*ref);
  call->fail(std::move(checked ? ref.status() : checked.status()));
  return std::nullopt;
}

// Whoever may not act on a process may not act on what descends from it either, whoever that is.
Result<void> check_root(const Collector& collector, const CallPtr& call, const gen::ProcessRef& ref) {
  if (!call->grant().targets) return {};
  auto held = hold_granted(collector, call->grant(), ref);
  if (!held) return std::move(held.status());
  return {};
}

wire::Buffer encode_killed(const model::KilledTree& killed) {
  wire::Writer bytes;
  gen::KillTreeResponseWriter out(bytes);
  for (const auto& target : killed.targets) out.targets([&](auto& w) { encode::control_target(target, w); });
  for (const auto& target : killed.targets) {
    if (!target.ended) out.survivors([&](auto& w) { encode::process_ref(target.ref, w); });
  }
  out.by_cgroup(killed.by_cgroup);
  return bytes.take_buffer();
}

wire::Buffer encode_reaped(const std::vector<model::ControlTarget>& targets) {
  wire::Writer bytes;
  gen::ReapResponseWriter out(bytes);
  for (const auto& target : targets) out.targets([&](auto& w) { encode::control_target(target, w); });
  for (const auto& target : targets) {
    const auto fill = [&](auto& w) { encode::process_ref(target.ref, w); };
    if (target.killed) {
      out.killed(fill);
    } else if (target.ended && target.outcome == gen::ControlOutcome::kSignalled) {
      out.terminated(fill);
    }
    if (!target.ended) out.survivors(fill);
  }
  return bytes.take_buffer();
}

void kill_tree(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::KillTreeRequest>(call);
  if (!request) return;
  const auto timeout = seconds_of(request->timeout, 5, "timeout");
  if (!timeout) return call->fail(timeout.status());
  const auto ref = checked_ref(call, *request);
  if (!ref) return;
  const auto answer = [collector = context.collector, call, timeout = *timeout, ref = *ref,
                       keep_root = request->keep_root]() -> Result<wire::Buffer> {
    if (auto checked = check_root(*collector, call, ref); !checked) return std::move(checked.status());
    auto killed = collector->kill_tree(ref, keep_root, patience_of(call, timeout));
    if (!killed) return std::move(killed.status());
    return encode_killed(*killed);
  };
  answer_patiently(context, call, *timeout, answer);
}

void reap(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::ReapRequest>(call);
  if (!request) return;
  const auto grace = seconds_of(request->grace, 3, "grace"), timeout = seconds_of(request->timeout, 3, "timeout");
  if (!grace) return call->fail(grace.status());
  if (!timeout) return call->fail(timeout.status());
  const auto ref = checked_ref(call, *request);
  if (!ref) return;
  const auto answer = [collector = context.collector, call, grace = *grace, timeout = *timeout, ref = *ref,
                       recursive = request->recursive]() -> Result<wire::Buffer> {
    if (auto checked = check_root(*collector, call, ref); !checked) return std::move(checked.status());
    const auto kill_at = Clock::now() + grace;
    const auto reaped = collector->reap(ref, recursive, kill_at, patience_of(call, grace + timeout));
    if (!reaped) return reaped.status();
    return encode_reaped(*reaped);
  };
  answer_patiently(context, call, *grace + *timeout, answer);
}

}  // namespace

void add_process_trees_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kProcessKillTree, Lane::kAsync, kill_tree);
  handlers.add(gen::Method::kProcessReap, Lane::kAsync, reap);
}

}  // namespace hostscope
