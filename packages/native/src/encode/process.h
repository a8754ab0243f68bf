// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/process_info.gen.h"
#include "model/process.h"

namespace hostscope::encode {

void process_ref(const model::ProcessRef& ref, gen::ProcessRefWriter& out);

void attribute_failure(const model::AttributeFailure& failure, gen::ProcessInfoWriter& out);

// `sample_ns` is the monotonic time of the response's Sample.
void process_row(const model::ProcessRow& row, std::uint64_t sample_ns, gen::ProcessInfoWriter& out);

// Of a row that was encoded without it.
void cpu_percent(const model::ProcessCpuPercent& in, gen::ProcessInfoWriter& out);

}  // namespace hostscope::encode
