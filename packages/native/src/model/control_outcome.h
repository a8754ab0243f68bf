// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/status.h"
#include "gen/process_tree.gen.h"

namespace hostscope::model {

// What becomes of one of many targets by a failure that keeps the others from nothing.
inline gen::ControlOutcome control_outcome(const Status& failure) {
  switch (failure.reason) {
    case ErrorReason::kNoSuchProcess:
    case ErrorReason::kPidReused:
    case ErrorReason::kZombieProcess:
      return gen::ControlOutcome::kGone;
    case ErrorReason::kPermissionDenied:
      return gen::ControlOutcome::kNotPermitted;
    case ErrorReason::kAccessDenied:
      return gen::ControlOutcome::kDenied;
    case ErrorReason::kProtected:
      return gen::ControlOutcome::kProtected;
    default:
      return gen::ControlOutcome::kFailed;
  }
}

}  // namespace hostscope::model
