// SPDX-License-Identifier: Apache-2.0

// Prints what the SDK knows of the network interfaces of the namespace that it is started in, as one line of JSON.
import { open } from "@hostscope/client";

await using host = await open("local:");
const [addrs, stats, traffic] = await Promise.all([
  host.netIfAddrs(),
  host.netIfStats(),
  host.netIoCounters({ pernic: true }),
]);
console.log(JSON.stringify({ addrs, stats, traffic }));
