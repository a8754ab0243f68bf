// SPDX-License-Identifier: Apache-2.0
// Which processes a selector means.
#pragma once

#include "core/result.h"
#include "gen/process_select.gen.h"
#include "model/process.h"

namespace hostscope {

// INVALID_ARGUMENT for one that means nobody in particular: without a condition, or with an empty one.
Result<void> check_selector(const std::optional<gen::ProcessSelector>& selector);

// The attributes that selects() needs.
model::AttributeSet selector_attributes();

// Whether a process is meant: every condition that is given holds. One that cannot be told does not; a zombie, which no
// signal ends, is never meant.
bool selects(const gen::ProcessSelector& selector, const model::ProcessRow& row);

}  // namespace hostscope
