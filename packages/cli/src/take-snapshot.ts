// SPDX-License-Identifier: Apache-2.0

import type { Host } from "@hostscope/client";
import { LiveHost } from "./live-host.ts";
import type { Snapshot } from "./snapshot.ts";

/** Seconds that CPU use is measured over: over the 0.1 s of a first value, a process shows nothing or ten percent. */
const MEASURED = 1;
/** A snapshot later than this is of no use to somebody who looks at a screen. */
const TIMEOUT_MS = 10_000;

/** The host as it is now, once. Fails if it does not tell in time, or the connection is lost. */
export async function takeSnapshot(host: Host, signal: AbortSignal): Promise<Snapshot> {
  const leave = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  try {
    const live = await LiveHost.start(host, {
      interval: MEASURED,
      signal: AbortSignal.any([signal, leave.signal]),
    });
    await new Promise<void>((resolve, reject) => {
      const fail = () => reject(new Error(live.freshness().alarm ?? "the host does not tell everything"));
      timer = setTimeout(fail, TIMEOUT_MS);
      live.onChange = () => {
        if (live.isMeasured) resolve();
        else if (live.freshness().isOld) fail();
      };
      live.failed.catch(reject);
    });
    return live.snapshot();
  } finally {
    clearTimeout(timer);
    leave.abort();
  }
}
