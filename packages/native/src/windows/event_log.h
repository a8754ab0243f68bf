// SPDX-License-Identifier: Apache-2.0
// The log that Windows' Event Viewer shows, "Application".
#pragma once

#include <string>

#include "core/result.h"

namespace hostscope::windows_os {

// Tells Event Viewer where the texts of a source's events are. Those of EventCreate.exe, which is on every Windows, are
// "%1" for the numbers 1 to 1000: an event shows the text that it was reported with, and no file of ours must stay.
Result<void> register_event_source(const std::string& source);
// Does nothing if there is none.
Result<void> unregister_event_source(const std::string& source);

}  // namespace hostscope::windows_os
