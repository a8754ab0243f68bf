// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_query.h"

#include <cmath>
#include <string>

#include "handlers/hidden_attributes.h"

namespace hostscope {
namespace {

constexpr double kMaxCpuPercentInterval = 60;

using A = model::ProcessAttribute;

}  // namespace

Result<ProcessQueryPlan> plan_process_query(const std::vector<gen::ProcessAttribute>& attributes,
                                            const std::optional<gen::ProcessReadOptions>& options, const Grant& grant) {
  ProcessQueryPlan plan;
  for (const auto attribute : attributes) {
    if (attribute == A::kUnspecified || !gen::is_known(attribute)) {
      return Status::invalid_argument("attributes", "there is no attribute with the number " +
                                                        std::to_string(static_cast<std::int32_t>(attribute)));
    }
    plan.query.attributes.add(attribute);
  }
  plan.query.hidden = hidden_of(plan.query.attributes, grant);
  if (!options) return plan;
  if (options->cpu_percent_interval) {
    const double interval = *options->cpu_percent_interval;
    if (!(interval > 0) || interval > kMaxCpuPercentInterval) {
      return Status::invalid_argument("options.cpu_percent_interval",
                                      "the interval must be above 0 and at most 60 seconds");
    }
    plan.cpu_percent_interval = std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(interval * 1000)));
  }
  if (!gen::is_known(options->memory_percent_memtype)) {
    return Status::invalid_argument("options.memory_percent_memtype", "there is no such memory type");
  }
  if (!gen::is_known(options->connections_kind)) {
    return Status::invalid_argument("options.connections_kind", "there is no such kind of connection");
  }
  plan.query.memtype = options->memory_percent_memtype;
  plan.query.memory_maps_grouped = options->memory_maps_grouped.value_or(true);
  if (options->connections_kind != gen::ConnectionKind::kUnspecified) {
    plan.query.connections_kind = options->connections_kind;
  }
  return plan;
}

void prepare_process_query(const Collector& collector, ProcessQuery& query) {
  keep_back_hidden(query);
  if (query.attributes.has(A::kCreateTime)) {
    if (const auto boot_time = collector.boot_time()) query.boot_time = *boot_time;
  }
  if (query.attributes.has(A::kMemoryPercent)) {
    if (const auto memory = collector.virtual_memory()) query.total_memory = memory->total;
  }
  if (query.attributes.has(A::kConnections)) query.sockets = collector.shared_sockets(query.connections_kind);
}

Result<gen::ProcessRef> required_ref(const std::optional<gen::ProcessRef>& ref) {
  if (!ref) return Status::invalid_argument("ref", "the ref of a process is required");
  if (ref->pid < 0) return Status::invalid_argument("ref.pid", "a pid is not negative");
  return *ref;
}

}  // namespace hostscope
