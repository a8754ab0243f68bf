// SPDX-License-Identifier: Apache-2.0

import { type AddonLoader, loadAddon } from "./load-addon.ts";
import { answerOf } from "./native-failure.ts";

/**
 * Files that decide whom to trust, or what is believed, on Windows: such as belong to this user, administrators or the
 * system, and that nobody else may write.
 */
export interface TrustedFiles {
  /** Reads one that has no more bytes, and that, if it is secret, not everybody may read. */
  read(path: string, secret: boolean, mostBytes: number): Uint8Array;
  /** Throws if it is none, or if there is a link at its path. */
  check(path: string): void;
}

/**
 * Loads what reads them. Its functions fail with StatusError: FAILED_PRECONDITION for any other file, UNIMPLEMENTED where
 * files have modes.
 */
export function loadTrustedFiles(loader?: AddonLoader): TrustedFiles {
  const addon = loadAddon(loader);
  return {
    read: (path, secret, mostBytes) => answerOf(addon.readTrustedFile(path, secret, mostBytes)),
    check: (path) => answerOf(addon.checkTrustedFile(path)),
  };
}
