// SPDX-License-Identifier: Apache-2.0
// Runs in a container that sees its host below a folder: serves that host by an agent, asks it, and prints what it says
// as JSON.

import { open } from "@hostscope/client";
import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { startAgent } from "./agent-process.ts";
import { RawClient } from "./raw-client.ts";

const [root = "", pid = ""] = process.argv.slice(2);
const agent = await startAgent("--procfs", `${root}/proc`, "--sysfs", `${root}/sys`, "--rootfs", root);
const host = await open(agent.target);
const raw = new RawClient(agent.host, agent.port);
const controls = Process.methods.map(describeMethod).filter(({ mutates, kind }) => mutates && kind === "unary");
const codes: Record<string, number> = {};
for (const { name, path } of controls) codes[name] = (await raw.call(path, new Uint8Array())).code;
const other = await host.process(Number(pid));
const answer = {
  codes,
  pids: await host.pids(),
  name: await other.name(),
  username: await other.username(),
  cgroup: await other.cgroup(),
  nics: await host.netIoCounters({ pernic: true }),
  addresses: Object.keys(await host.netIfAddrs()),
  limits: (await host.limits()).host,
};
process.stdout.write(JSON.stringify(answer, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value)));
raw.close();
await host.close();
await agent.stop();
