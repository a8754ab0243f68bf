// SPDX-License-Identifier: Apache-2.0

/** Version of this SDK; psutil.__version__. That of the host is `(await host.hostInfo()).agentVersion`. */
export const version = "0.1.0";

/** Its parts, to compare: psutil.version_info. */
export const versionInfo: readonly [major: number, minor: number, patch: number] = [0, 1, 0];
