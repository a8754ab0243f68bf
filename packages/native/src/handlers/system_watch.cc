// SPDX-License-Identifier: Apache-2.0
#include "handlers/shared_reads.h"
#include "handlers/system_metrics.h"
#include "handlers/watches.h"

namespace hostscope {
namespace {

constexpr WatchIntervals kSystemIntervals{.otherwise = 1, .least = 0.25};

void watch_system(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::SystemWatchRequest>(call);
  if (!request) return;
  std::string flags;
  for (const bool flag : {request->percpu, request->perdisk, request->pernic, request->all_partitions}) {
    flags += flag ? " 1" : " 0";
  }
  join_metric_watch<gen::SystemWatchResponseWriter, gen::SystemMetric>(
      context, call, gen::Method::kSystemWatch, *request, kSystemIntervals, flags,
      [&](gen::SystemMetric metric) { return system_metric(metric, *request); });
}

}  // namespace

Metric system_metric(gen::SystemMetric metric, const gen::SystemWatchRequest& request) {
  if (auto found = cpu_metric(metric, request.percpu)) return std::move(*found);
  if (auto found = disk_metric(metric, request.perdisk, request.all_partitions)) return std::move(*found);
  if (auto found = network_metric(metric, request.pernic)) return std::move(*found);
  return *memory_metric(metric);
}

Metric pool_metric(gen::SystemMetric metric, bool measures,
                   std::function<Result<void>(const Collector& collector, gen::SystemWatchResponseWriter& out)> write) {
  const auto thing = "System.Watch " + std::string(gen::text(metric));
  return {.field = static_cast<std::uint32_t>(metric),
          .measures = measures,
          .read = [thing, write = std::move(write)](const Context& context, const CallPtr& call, MetricDone done) {
            context.shared->metrics->run(context, *context.pool, call, thing,
                                         [collector = context.collector, call, write, done = std::move(done)] {
                                           wire::Writer bytes;
                                           gen::SystemWatchResponseWriter out(bytes);
                                           auto result = write(*collector, out);
                                           if (!result) return call->fail(std::move(result.status()));
                                           done(bytes.take());
                                         });
          }};
}

void add_system_watch_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kSystemWatch, Lane::kAsync, watch_system);
}

}  // namespace hostscope
