// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import type { Process } from "@hostscope/client";

/** Resolves when a call that was made before is in progress at the host: it answers a later one, and a little after. */
export async function underWay(process: Process): Promise<void> {
  await process.isRunning();
  await sleep(50);
}
