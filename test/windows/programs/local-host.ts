// SPDX-License-Identifier: Apache-2.0
// Runs on Windows: what open("local:") says there of the machine and of this very process, as one line of JSON.

import { open } from "@hostscope/client";

await using host = await open("local:");
const me = await host.process(process.pid);
const [info, memory, myself] = await Promise.all([host.hostInfo(), host.virtualMemory(), me.asDict()]);
process.stdout.write(`${JSON.stringify({ info, memory, myself, node: { pid: process.pid, argv: process.argv } })}\n`);
