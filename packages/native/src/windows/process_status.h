// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/process_values.gen.h"
#include "windows/process_snapshot.h"

namespace hostscope::windows_os {

// Stopped if each of its threads is suspended, else running: Windows knows no other state.
gen::ProcessStatus process_status(const ProcessEntry& process, const ProcessSnapshot& snapshot);

}  // namespace hostscope::windows_os
