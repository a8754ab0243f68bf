// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch.h"

namespace hostscope {

// Answers Process.Get.
void get_process(const Context& context, const CallPtr& call);

}  // namespace hostscope
