// SPDX-License-Identifier: Apache-2.0

// A client that starts a program through an agent and prints its pid: popen-client.ts TARGET DETACHED PROGRAM ARGS...
import { open } from "@hostscope/client";

const [target = "", detached = "", ...args] = process.argv.slice(2);
const host = await open(target);
const started = await host.popen(args, { detached: detached === "true" });
process.stdout.write(`${started.pid}\n`);
await started.wait();
