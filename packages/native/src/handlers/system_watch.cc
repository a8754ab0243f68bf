// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "handlers/shared_reads.h"
#include "handlers/system_metrics.h"
#include "handlers/watches.h"

namespace hostscope {
namespace {

constexpr double kDefaultInterval = 1, kLeastInterval = 0.25;

void watch_system(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::SystemWatchRequest>(call);
  if (!request) return;
  std::set<gen::SystemMetric> wanted;
  for (const auto metric : request->metrics) {
    if (metric == gen::SystemMetric::kUnspecified || !gen::is_known(metric)) {
      return call->fail(Status::invalid_argument(
          "metrics", "there is no metric with the number " + std::to_string(static_cast<std::int32_t>(metric))));
    }
    wanted.insert(metric);
  }
  if (wanted.empty()) return call->fail(Status::invalid_argument("metrics", "must name one metric at least"));
  const auto interval = watch_interval(request->interval, kDefaultInterval, kLeastInterval);
  if (!interval) return call->fail(interval.status());
  std::string key = "System.Watch " + std::to_string(*interval);
  for (const bool flag : {request->percpu, request->perdisk, request->pernic, request->all_partitions}) {
    key += flag ? " 1" : " 0";
  }
  for (const auto metric : wanted) key += " " + std::to_string(static_cast<std::int32_t>(metric));
  const auto make_watch = [&]() -> std::shared_ptr<Watch> {
    std::vector<Metric> metrics;
    for (const auto metric : wanted) metrics.push_back(system_metric(metric, *request));
    static constexpr auto kFormat = metric_format<gen::SystemWatchResponseWriter, gen::SystemMetric>();
    return std::make_shared<MetricWatch>(context, gen::Method::kSystemWatch, std::chrono::duration<double>(*interval),
                                         std::move(metrics), kFormat);
  };
  context.watches->join(key, call, "", make_watch, MetricWatch::view_of);
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
