// SPDX-License-Identifier: Apache-2.0
// Runs on Windows: what callers of different accounts may do to processes, as one line of JSON: the gRPC code of each
// call, and what became of trees.

import { spawn } from "node:child_process";
import {
  create,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { type CallGrant, describeMethod, StatusError, type TargetConditions } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";

const NONE: TargetConditions = {
  uids: null,
  accounts: null,
  notAccounts: null,
  cgroups: null,
  signals: null,
  maxTargets: null,
};
const [, , stateDir = "", sid = ""] = process.argv;
const host = createCollector({ stateDir });

const grantOf = (...targets: Partial<TargetConditions>[]): CallGrant => ({
  hidden: [],
  targets: targets.map((conditions) => ({ ...NONE, ...conditions })),
  permission: "process.control.signal",
  seesProcesses: true,
});

async function ask<M extends DescMethod>(
  method: M,
  init: MessageInitShape<M["input"]>,
  grant?: CallGrant,
): Promise<MessageShape<M["output"]>> {
  const options = { timeoutMs: 60_000, ...(grant === undefined ? {} : { grant }) };
  const bytes = await host.unary(describeMethod(method), toBinary(method.input, create(method.input, init)), options);
  return fromBinary(method.output, bytes) as MessageShape<M["output"]>;
}

/** 0, or the code of the failure. */
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 0,
    (error: unknown) => (error instanceof StatusError ? error.code : String(error)),
  );

/** The ref of a process that idles until it is ended. */
async function start(code = "setInterval(Date, 6e4)") {
  const { pid = 0 } = spawn(process.execPath, ["-e", code], { stdio: "ignore" });
  const got = await ask(Process.method.get, {
    ref: { pid: BigInt(pid) },
    attributes: [ProcessAttribute.USERNAME],
  });
  return { ref: got.process?.ref, username: got.process?.username ?? "" };
}

const first = await start();
const own = first.username;
const other = "NOWHERE\\nobody";
const swapped = [...own].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join("");
const denied: Partial<TargetConditions>[] = [
  { accounts: [other] },
  { accounts: ["S-1-5-18"] },
  { accounts: [own.split("\\")[1] ?? ""] },
  { notAccounts: [swapped] },
  { notAccounts: [sid] },
  { accounts: [own], notAccounts: [sid] },
  { accounts: [own], maxTargets: 0 },
  { uids: [[0, 4294967294]] },
  { cgroups: ["/"] },
];
const allowed: Partial<TargetConditions>[] = [
  { accounts: [swapped] },
  { accounts: [other, sid.toLowerCase()] },
  { notAccounts: [other, "S-1-5-18"] },
  { maxTargets: 1 },
];
const said = { own, denied: [] as unknown[], nice: [] as unknown[], allowed: [] as unknown[] };
for (const conditions of denied) {
  const grant = grantOf(conditions);
  said.denied.push(await codeOf(ask(Process.method.sendSignal, { ref: first.ref, signal: 15 }, grant)));
  said.nice.push(await codeOf(ask(Process.method.setNice, { ref: first.ref, nice: 64 }, grant)));
}
for (const conditions of allowed) {
  const target = await start();
  said.allowed.push(
    await codeOf(ask(Process.method.kill, { ref: target.ref }, grantOf({ accounts: [other] }, conditions))),
  );
}

// Two below one.
const tree = await start(
  `for (const _ of [1, 2]) require("child_process").spawn(process.execPath, ["-e", "setInterval(Date, 6e4)"], { stdio: "ignore" }); setInterval(Date, 6e4)`,
);
for (let tries = 0; tries < 300; tries++) {
  const { children } = await ask(Process.method.children, { ref: tree.ref });
  if (children.length === 2) break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
const killTree = (grant: CallGrant) => ask(Process.method.killTree, { ref: tree.ref, timeout: 20 }, grant);
const tooMany = await killTree(grantOf({ accounts: [own], maxTargets: 2 })).catch((error: Error) => error.message);
const killed = await killTree(grantOf({ accounts: [own], maxTargets: 3 }));
const left = await codeOf(ask(Process.method.get, { ref: tree.ref, attributes: [ProcessAttribute.NAME] }));
const outcomes = killed.targets.map(({ outcome }) => outcome);
// Nobody has ended it by then.
const last = await codeOf(ask(Process.method.kill, { ref: first.ref }));
const survivors = killed.survivors.length;
process.stdout.write(`${JSON.stringify({ ...said, tooMany, outcomes, survivors, left, last })}\n`);
await host.close();
