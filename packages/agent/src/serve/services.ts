// SPDX-License-Identifier: Apache-2.0

import type { DescService } from "@bufbuild/protobuf";
import { Process } from "@hostscope/proto/gen/process";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";

/** Every service of hostscope, from the schema. An agent serves these and nothing else but health and reflection. */
export const hostscopeServices: readonly DescService[] = [System, Process, Sensors, WinService];
