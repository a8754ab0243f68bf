// SPDX-License-Identifier: Apache-2.0

import type { Transport } from "@hostscope/proto";
import { type CollectorOptions, checkOptions } from "./collector-options.ts";
import { CollectorTransport } from "./collector-transport.ts";
import { type AddonLoader, loadAddon } from "./load-addon.ts";

/**
 * Opens this machine as a Transport. It keeps the process alive only while a call is in progress.
 * Throws TypeError or RangeError for wrong options, StatusError UNAVAILABLE if there is no addon for this platform.
 */
export function createCollector(options: CollectorOptions = {}, loader?: AddonLoader): Transport {
  const checked = checkOptions(options);
  return new CollectorTransport(loadAddon(loader), checked);
}
