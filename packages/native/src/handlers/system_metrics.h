// SPDX-License-Identifier: Apache-2.0
// The metrics of System.Watch.
#pragma once

#include "gen/system_watch.gen.h"
#include "handlers/metric_watch.h"

namespace hostscope {

// The metric that a request names, as it asks for it.
Metric system_metric(gen::SystemMetric metric, const gen::SystemWatchRequest& request);

// Each in a file of its own.
std::optional<Metric> cpu_metric(gen::SystemMetric metric, bool percpu);
std::optional<Metric> memory_metric(gen::SystemMetric metric);
std::optional<Metric> disk_metric(gen::SystemMetric metric, bool perdisk, bool all_partitions);
std::optional<Metric> network_metric(gen::SystemMetric metric, bool pernic);

// A metric that `write` reads and writes on a worker, one reading after the other.
Metric pool_metric(gen::SystemMetric metric, bool measures,
                   std::function<Result<void>(const Collector& collector, gen::SystemWatchResponseWriter& out)> write);

}  // namespace hostscope
