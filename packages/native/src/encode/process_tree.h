// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/process_tree.gen.h"
#include "model/process_tree.h"

namespace hostscope::encode {

void control_target(const model::ControlTarget& target, gen::ControlTargetWriter& out);

}  // namespace hostscope::encode
