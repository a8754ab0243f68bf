// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";

/** Checks again and again until it holds; after `ms` it fails as the last check did. */
export async function eventually(check: () => unknown, ms = 10_000): Promise<void> {
  for (const start = performance.now(); ; await sleep(10)) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() - start > ms) throw error;
    }
  }
}
