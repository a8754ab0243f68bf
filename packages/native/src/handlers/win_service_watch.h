// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch.h"

namespace hostscope {

void add_win_service_watch_handlers(Handlers& handlers);

}  // namespace hostscope
