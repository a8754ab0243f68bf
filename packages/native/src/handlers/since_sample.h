// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/result.h"
#include "gen/cpu.gen.h"
#include "model/cpu.h"

namespace hostscope {

// The sample of an earlier answer, to measure from until `now`. Empty if it cannot serve, though the caller is not to
// blame: it is of another boot, or has no single CPUs where `percpu` wants them. INVALID_ARGUMENT if no collector can
// have given it.
Result<std::optional<model::CpuSample>> since_sample(const gen::CpuSample& since, const model::CpuSample& now,
                                                     bool percpu);

}  // namespace hostscope
