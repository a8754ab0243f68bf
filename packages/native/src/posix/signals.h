// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/host.h"

namespace hostscope::posix {

// This platform's signals by number, each once and by the name that kill(1) prints.
std::vector<model::SignalNumber> signals();

}  // namespace hostscope::posix
