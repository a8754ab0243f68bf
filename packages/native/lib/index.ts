// SPDX-License-Identifier: Apache-2.0

export type { CollectorOptions } from "./collector-options.ts";
export { createCollector } from "./create-collector.ts";
export type { AddonLoader } from "./load-addon.ts";
