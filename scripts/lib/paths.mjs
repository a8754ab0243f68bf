// SPDX-License-Identifier: Apache-2.0

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Top of the checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Stamps, logs and the lock of the setup; pnpm leaves hidden folders of node_modules alone. */
export const CACHE = join(ROOT, "node_modules", ".cache", "hostscope");

/** Folder of the native package. */
export const NATIVE = join(ROOT, "packages", "native");
