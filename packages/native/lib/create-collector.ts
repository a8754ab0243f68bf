// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import { type CollectorOptions, checkOptions } from "./collector-options.ts";
import { CollectorTransport } from "./collector-transport.ts";
import { GuardedTransport } from "./control/guarded-transport.ts";
import { type AddonLoader, loadAddon } from "./load-addon.ts";

/**
 * Opens this machine as a Transport. It keeps the process alive only while a call is in progress.
 * Processes that leases of ended agents left stopped, by the state directory, are resumed.
 * Throws TypeError or RangeError for wrong options, StatusError UNAVAILABLE if there is no addon for this platform.
 */
export function createCollector(options: CollectorOptions = {}, loader?: AddonLoader): Transport {
  const { stateDir, ...native } = checkOptions(options);
  return new GuardedTransport(new CollectorTransport(loadAddon(loader), native), stateDir);
}
