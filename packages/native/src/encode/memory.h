// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/memory.gen.h"
#include "model/memory.h"

namespace hostscope::encode {

void virtual_memory(const model::VirtualMemory& in, gen::VirtualMemoryWriter& out);
void swap_memory(const model::SwapMemory& in, gen::SwapMemoryWriter& out);

}  // namespace hostscope::encode
