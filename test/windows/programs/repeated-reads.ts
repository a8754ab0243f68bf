// SPDX-License-Identifier: Apache-2.0
// Runs on Windows: calls each read of this machine again and again, and writes for each how many handles this process had
// after the first calls and after the last, as lines of JSON. Arguments: the program that counts them, a folder, and
// milliseconds for each read.

import { spawn } from "node:child_process";
import { create, type DescMethod, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, type Transport } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";

const CALLS = 2_000;
const AT_ONCE = 8;
const FIRST = 40;

/** The time of one read: a slow one is called less often. */
const [, , oracle = "", stateDir = "", mostMs = ""] = process.argv;
const host = createCollector({ stateDir });
const counter = spawn(oracle, ["handles", String(process.pid)], { stdio: ["pipe", "pipe", "ignore"] });

function handles(): Promise<number> {
  return new Promise((resolve) => {
    counter.stdout.once("data", (bytes) => resolve(Number.parseInt(String(bytes), 10)));
    counter.stdin.write("\n");
  });
}

const self = { ref: { pid: BigInt(process.pid) } };
const named = Object.entries(ProcessAttribute).filter(([, number]) => number !== ProcessAttribute.UNSPECIFIED);
const attributes = named.map(([, number]) => number);

interface Read {
  readonly name: string;
  readonly call: (host: Transport) => Promise<unknown>;
}

function read<M extends DescMethod>(method: M, init: MessageInitShape<M["input"]> = {} as never, name = ""): Read {
  const described = describeMethod(method);
  const bytes = toBinary(method.input, create(method.input, init));
  const call = async (transport: Transport) => {
    const options = { timeoutMs: 10_000 };
    if (method.methodKind === "unary") return transport.unary(described, bytes, options);
    for await (const _ of transport.serverStream(described, bytes, options)) break;
  };
  return { name: `${described.service}.${described.name}${name}`, call };
}

const reads: Read[] = [
  ...System.methods.filter(({ methodKind }) => methodKind === "unary").map((method) => read(method, {} as never)),
  ...Sensors.methods.filter(({ methodKind }) => methodKind === "unary").map((method) => read(method, {} as never)),
  read(System.method.diskUsage, { path: "C:\\" }),
  read(System.method.diskUsage, { path: "C:\\nowhere" }, " of what is not there"),
  read(Process.method.pids),
  read(Process.method.list, { attributes: [ProcessAttribute.NAME, ProcessAttribute.USERNAME, ProcessAttribute.EXE] }),
  ...named.map(([name, number]) => read(Process.method.get, { ...self, attributes: [number] }, ` of ${name}`)),
  read(Process.method.get, { ref: { pid: 0x3ffffff0n }, attributes }, " of nobody"),
  read(Process.method.isRunning, self),
  read(Process.method.children, self),
  read(Process.method.parents, self),
  read(Process.method.wait, { ...self, timeout: 0 }),
  read(Process.method.sendSignal, { ...self, signal: 15 }, " to itself, which is refused"),
  read(Process.method.killTree, { ref: { pid: 4n } }, " of the system, which is refused"),
  read(Process.method.setNice, { ...self, nice: 32 }),
  read(WinService.method.winServiceIter),
  read(WinService.method.winServiceGet, { name: "Spooler" }),
  read(WinService.method.winServiceGet, { name: "no such service" }, " of what is not there"),
];

for (const { name, call } of reads) {
  let [succeeded, done] = [0, 0];
  const repeat = async (calls: number) => {
    const end = performance.now() + Number(mostMs);
    const one = () =>
      call(host).then(
        () => (succeeded += 1),
        () => {},
      );
    for (let at = 0; at < calls && performance.now() < end; at += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, one));
      done += AT_ONCE;
    }
  };
  await repeat(FIRST);
  const before = await handles();
  [succeeded, done] = [0, 0];
  await repeat(CALLS);
  process.stdout.write(`${JSON.stringify({ name, done, succeeded, before, after: await handles() })}\n`);
}
counter.stdin.end();
await host.close();
