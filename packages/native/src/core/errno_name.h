// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hostscope {

// E.g. "EACCES", or "errno 123" for a rare one. strerror() would depend on the locale and is not thread-safe.
std::string errno_name(int error);

}  // namespace hostscope
