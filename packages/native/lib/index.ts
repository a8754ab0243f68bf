// SPDX-License-Identifier: Apache-2.0

export { EventLevel, type PeerCredentials, type PipePeer, type ServiceDefinition, ServiceState } from "./addon.ts";
export type { CollectorOptions } from "./collector-options.ts";
export { createCollector } from "./create-collector.ts";
export type { AddonLoader } from "./load-addon.ts";
export { type AcceptedPipe, loadNamedPipes, type NamedPipes } from "./named-pipes.ts";
export { loadPeerCredentials } from "./peer-credentials.ts";
export { loadTrustedFiles, type TrustedFiles } from "./trusted-file.ts";
export { loadWindowsServices, type ServiceOrder, type WindowsServices } from "./windows-service.ts";
