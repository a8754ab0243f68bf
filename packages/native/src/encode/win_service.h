// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/win_service_values.gen.h"
#include "model/win_service.h"

namespace hostscope::encode {

void win_service(const model::WinService& in, gen::WindowsServiceWriter& out);

}  // namespace hostscope::encode
