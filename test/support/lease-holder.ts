// SPDX-License-Identifier: Apache-2.0

// Usage: lease-holder.ts TARGET PID [STATE_DIR]. Holds a process by a lease of an hour and prints "held".
import { open } from "@hostscope/client";

const [target = "", pid, stateDir] = process.argv.slice(2);
const host = await open(target, stateDir === undefined ? {} : { stateDir });
const subject = await host.process(Number(pid));
const lease = await subject.suspend({ lease: 3600 });
console.log("held");
// However it ends, also with the host: only that it was held counts.
await lease.ended.catch(() => {});
