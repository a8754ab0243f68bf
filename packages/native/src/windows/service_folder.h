// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"

namespace hostscope::windows_os {

// A folder that the service may write to, by its own identity whatever its account, and besides it administrators and
// the system alone. Fails if somebody else has made one there: everybody may make folders where those of services are.
Result<void> make_service_folder(const std::string& path, const std::string& service);

}  // namespace hostscope::windows_os
