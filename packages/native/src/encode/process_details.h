// SPDX-License-Identifier: Apache-2.0
// The parts of a row that most requests leave out.
#pragma once

#include "gen/process_info.gen.h"
#include "model/process.h"

namespace hostscope::encode {

void memory_info(const model::ProcessMemoryInfo& in, gen::ProcessMemoryInfoWriter& out);
void process_details(const model::ProcessRow& row, gen::ProcessInfoWriter& out);

}  // namespace hostscope::encode
