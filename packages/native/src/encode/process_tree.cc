// SPDX-License-Identifier: Apache-2.0
#include "encode/process_tree.h"

#include "encode/process.h"

namespace hostscope::encode {

void control_target(const model::ControlTarget& target, gen::ControlTargetWriter& out) {
  out.ref([&](auto& w) { process_ref(target.ref, w); });
  if (!target.name.empty()) out.name(target.name);
  out.outcome(target.outcome);
  if (target.outcome == gen::ControlOutcome::kSignalled) out.guarantee(target.guarantee);
  if (target.os_error) out.os_error(*target.os_error);
  out.ended(target.ended);
}

}  // namespace hostscope::encode
