// SPDX-License-Identifier: Apache-2.0

import { type AddonLoader, loadAddon } from "./load-addon.ts";
import { answerOf } from "./native-failure.ts";

/**
 * Loads what reads files that decide whom to trust, on Windows: such as belong to this user, administrators or the system,
 * that nobody else may write, and that, if they are secret, not everybody may read. The function fails with StatusError:
 * FAILED_PRECONDITION for any other, UNIMPLEMENTED where files have modes.
 */
export function loadTrustedFiles(
  loader?: AddonLoader,
): (path: string, secret: boolean, mostBytes: number) => Uint8Array {
  const addon = loadAddon(loader);
  return (path, secret, mostBytes) => answerOf(addon.readTrustedFile(path, secret, mostBytes));
}
