// SPDX-License-Identifier: Apache-2.0
// Errors of Windows in the schema's terms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/status.h"
#include "model/process.h"

namespace hostscope::windows_os {

using Win32Error = unsigned long;  // DWORD

// E.g. "ERROR_ACCESS_DENIED", or "Windows error 1234" for a rare one.
std::string error_name(Win32Error error);
bool is_denied(Win32Error error);
// What this Windows, or what runs in its place, does not have.
bool is_unsupported(Win32Error error);

// A call failed: access_denied, unsupported or kOsError.
Status failure(std::string_view what, Win32Error error);
// The same about a process; one that is gone is no_such_process.
Status process_failure(std::int64_t pid, std::string_view what, Win32Error error);
// Why an attribute has no value.
model::AttributeOutcome outcome_of(Win32Error error);

}  // namespace hostscope::windows_os
