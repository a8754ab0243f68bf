// SPDX-License-Identifier: Apache-2.0
// What a caller wants to know of processes: checked once, then the same for each row.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "collector.h"
#include "core/result.h"
#include "gen/process_read.gen.h"
#include "model/same_process.h"
#include "process_reader.h"

namespace hostscope {

// A request's attributes and their arguments, all valid.
struct ProcessQueryPlan {
  ProcessQuery query;
  std::chrono::milliseconds cpu_percent_interval{100};

  bool wants_cpu_percent() const { return query.attributes.has(model::ProcessAttribute::kCpuPercent); }
};

Result<ProcessQueryPlan> plan_process_query(const std::vector<gen::ProcessAttribute>& attributes,
                                            const std::optional<gen::ProcessReadOptions>& options, const Grant& grant);

// Reads what all rows share, such as the boot time, and takes out what is kept back. On a worker. What cannot be read
// leaves its attribute without value.
void prepare_process_query(const Collector& collector, ProcessQuery& query);

// A ref that names a process; INVALID_ARGUMENT if it is missing or negative.
Result<gen::ProcessRef> required_ref(const std::optional<gen::ProcessRef>& ref);

}  // namespace hostscope
