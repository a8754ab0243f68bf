// SPDX-License-Identifier: Apache-2.0

// What the calls about Windows services give, as the schema has it.

export type {
  WinServiceContinueResponse,
  WinServicePauseResponse,
  WinServiceRestartResponse,
  WinServiceSetStartTypeResponse,
  WinServiceStartResponse,
  WinServiceStopResponse,
} from "../gen/hostscope/v1/win_service_control_plain.ts";
export type { WinServiceStartType, WinServiceStatus } from "../gen/hostscope/v1/win_service_values_plain.ts";
