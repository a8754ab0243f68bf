// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch.h"

namespace hostscope {

// Answers Process.List.
void list_processes(const Context& context, const CallPtr& call);

}  // namespace hostscope
