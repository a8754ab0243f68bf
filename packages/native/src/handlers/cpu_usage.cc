// SPDX-License-Identifier: Apache-2.0
#include "handlers/cpu_usage.h"

#include <cmath>

#include "encode/cpu_usage.h"
#include "handlers/since_sample.h"
#include "model/cpu_usage.h"

namespace hostscope {
namespace {

constexpr double kDefaultInterval = 0.1;
constexpr double kMaxUsageInterval = 60;

// A measurement from `earlier` to `later` becomes a response.
using Encode = void (*)(const model::CpuSample& earlier, const model::CpuSample& later, bool percpu,
                        wire::Writer& bytes);

struct Plan {
  bool percpu = false;
  std::chrono::milliseconds interval{};
  std::optional<gen::CpuSample> since;
  Encode encode = nullptr;
};

template <class Request>
Result<Plan> make_plan(Request& request, Encode encode) {
  const double interval = request.interval.value_or(kDefaultInterval);
  if (!(interval > 0 && interval <= kMaxUsageInterval)) {
    return Status::invalid_argument("interval", "the interval must be above 0 and at most 60 seconds");
  }
  if (request.interval && request.since) {
    return Status::invalid_argument("since", "either an interval or a sample can be given, not both");
  }
  return Plan{.percpu = request.percpu,
              .interval = std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(interval * 1000))),
              .since = std::move(request.since),
              .encode = encode};
}

void finish(const CallPtr& call, const Plan& plan, const model::CpuSample& earlier, const model::CpuSample& later) {
  wire::Writer bytes;
  plan.encode(earlier, later, plan.percpu, bytes);
  call->finish(bytes.take_buffer());
}

// Takes a sample; measures from the caller's if that can serve, or takes another one later.
void measure(const Context& context, const CallPtr& call, const Plan& plan) {
  auto first = context.collector->cpu_sample();
  if (!first) return call->fail(std::move(first.status()));
  if (plan.since) {
    const auto since = since_sample(*plan.since, *first, plan.percpu);
    if (!since) return call->fail(since.status());
    if (*since) return finish(call, plan, **since, *first);
  }
  auto work = [collector = context.collector, call, plan, first = std::move(*first)] {
    auto second = collector->cpu_sample();
    if (!second) return call->fail(std::move(second.status()));
    finish(call, plan, first, *second);
  };
  run_on_pool(context, call, std::move(work), plan.interval);
}

template <class Request>
void start(const Context& context, const CallPtr& call, Encode encode) {
  auto request = parse_request<Request>(call);
  if (!request) return;
  auto plan = make_plan(*request, encode);
  if (!plan) return call->fail(std::move(plan.status()));
  if (context.collector->roots_cannot_block()) return measure(context, call, *plan);
  run_on_pool(context, call, [context, call, plan = std::move(*plan)] { measure(context, call, plan); });
}

void encode_percent(const model::CpuSample& earlier, const model::CpuSample& later, bool percpu, wire::Writer& bytes) {
  gen::CpuPercentResponseWriter out(bytes);
  out.sample([&](auto& w) { encode::cpu_sample(later, percpu, w); });
  encode::cpu_percent(earlier, later, percpu, out);
}

void encode_times_percent(const model::CpuSample& earlier, const model::CpuSample& later, bool percpu,
                          wire::Writer& bytes) {
  gen::CpuTimesPercentResponseWriter out(bytes);
  out.sample([&](auto& w) { encode::cpu_sample(later, percpu, w); });
  encode::cpu_times_percent(earlier, later, percpu, out);
}

}  // namespace

void measure_cpu_percent(const Context& context, const CallPtr& call) {
  start<gen::CpuPercentRequest>(context, call, encode_percent);
}

void measure_cpu_times_percent(const Context& context, const CallPtr& call) {
  start<gen::CpuTimesPercentRequest>(context, call, encode_times_percent);
}

}  // namespace hostscope
