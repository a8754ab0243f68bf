// SPDX-License-Identifier: Apache-2.0
// Runs on Windows: writes an event as the agent's service does.

import { EventLevel, loadWindowsServices } from "@hostscope/native";

loadWindowsServices().reportEvent("hostscope-agent", EventLevel.ERROR, 3, process.argv[2] ?? "");
