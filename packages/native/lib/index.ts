// SPDX-License-Identifier: Apache-2.0

export type { PeerCredentials } from "./addon.ts";
export type { CollectorOptions } from "./collector-options.ts";
export { createCollector } from "./create-collector.ts";
export type { AddonLoader } from "./load-addon.ts";
export { loadPeerCredentials } from "./peer-credentials.ts";
