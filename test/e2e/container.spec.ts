// SPDX-License-Identifier: Apache-2.0

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { networkInterfaces, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Host, open } from "@hostscope/client";
import { createCollector } from "@hostscope/native";
import { StatusCode } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { canUnshare, endOf, firstProcessOf, unshare } from "../support/namespaces.ts";
import { requireMachine } from "../support/oracle.ts";
import { expectBetween } from "../support/tolerance.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";

const PROGRAM = fileURLToPath(new URL("../support/container-program.ts", import.meta.url));

/** What a container has: the host's tree below a folder, and a loopback interface of its own. */
const CONTAINER = `
mount --rbind / "$1"
mount -t proc proc /proc
ip link set lo up
exec "$2" --import tsx "$3" "$1" "$4"
`;

/** Bytes received and sent by each interface that the host's first process has. */
function hostNetwork(): Record<string, [number, number]> {
  const lines = readFileSync("/proc/1/net/dev", "utf8").split("\n").slice(2).filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.lastIndexOf(":");
      const numbers = line
        .slice(colon + 1)
        .trim()
        .split(/\s+/)
        .map(Number);
      return [line.slice(0, colon).trim(), [numbers[0] as number, numbers[8] as number]];
    }),
  );
}

interface Answer {
  codes: Record<string, number>;
  pids: number[];
  name: string;
  username: string;
  cgroup: { path: string };
  nics: Record<string, { bytesRecv: number; bytesSent: number }>;
  addresses: string[];
  limits: { cpus: number };
}

describe("An agent in a container that watches its host", function () {
  this.timeout(60_000);
  this.slow(10_000);

  let answer: Answer;
  let before_: ReturnType<typeof hostNetwork>;
  before(async function () {
    requireMachine.call(this, "the right to make namespaces", canUnshare());
    const folder = mkdtempSync(join(tmpdir(), "hostscope-container-"));
    before_ = hostNetwork();
    const container = unshare(CONTAINER, folder, process.execPath, PROGRAM, String(process.pid));
    try {
      const output: Buffer[] = [];
      container.stdout?.on("data", (chunk: Buffer) => output.push(chunk));
      await once(container, "close");
      answer = JSON.parse(Buffer.concat(output).toString());
    } finally {
      await endOf(container);
      rmdirSync(folder);
    }
  });

  it("sees the host's processes, by the host's pids", () => {
    expect(answer.pids).to.include.members([1, process.pid]);
    expect(answer.pids.length).to.be.greaterThan(2);
    expect(answer.name).to.match(/node/i);
    expect(answer.username).to.equal(userInfo().username);
    expect(answer.cgroup.path).to.match(/^\//);
  });

  it("is refused to act on any of them, for their pids are others in the container", () => {
    expect(Object.keys(answer.codes)).to.have.length(12);
    for (const [name, code] of Object.entries(answer.codes)) {
      expect(code, name).to.equal(StatusCode.FAILED_PRECONDITION);
    }
  });

  it("has the network counters of the host, not its own", () => {
    const after_ = hostNetwork();
    expect(Object.keys(answer.nics).sort()).to.deep.equal(Object.keys(before_).sort());
    for (const [name, [received, sent]] of Object.entries(before_)) {
      const nic = answer.nics[name];
      expectBetween(nic?.bytesRecv ?? null, received, after_[name]?.[0] as number, `${name} received`);
      expectBetween(nic?.bytesSent ?? null, sent, after_[name]?.[1] as number, `${name} sent`);
    }
  });

  it("has the addresses of the host, from inside its network namespace", () => {
    expect(answer.addresses).to.include.members(Object.keys(networkInterfaces()));
  });
});

/** An interface that nobody else has, and a procfs to see it by. */
const INNER = `
mount -t proc proc /proc
ip link add seen0 type veth peer name seen1
echo ready
exec sleep 60
`;

describe("A procfs of other namespaces, seen from outside", () => {
  let container: ChildProcess;
  let root: string;
  let host: Host;
  before(async function () {
    requireMachine.call(this, "the right to make namespaces", canUnshare());
    container = unshare(INNER);
    root = `/proc/${await firstProcessOf(container)}/root/proc`;
    host = await open("local:", { procfs: root });
  });
  after(async () => {
    await host?.close();
    if (container !== undefined) await endOf(container);
  });

  it("has their processes, which no call acts on", async () => {
    expect(await host.pids()).to.deep.equal(
      readdirSync(root)
        .filter((name) => /^\d+$/.test(name))
        .map(Number),
    );
    expect(await host.pids())
      .to.include(1)
      .and.not.include(process.pid);
    const collector = createCollector({ procRoot: root });
    const refused = await failureOf(unaryCall(collector, Process.method.kill, { ref: { pid: 1n } }));
    await collector.close();
    expect(refused.code).to.equal(StatusCode.FAILED_PRECONDITION);
    expect(refused.detail.reason).to.equal(ErrorReason.PROCESSES_READ_ONLY);
  });

  it("has their interfaces, with counters and addresses of that namespace", async () => {
    expect(Object.keys(await host.netIoCounters({ pernic: true })).sort()).to.deep.equal(["lo", "seen0", "seen1"]);
    expect(Object.keys(await host.netIfAddrs())).to.include("seen0");
    expect(Object.keys(await host.netIfStats())).to.include("seen0");
    const own = await open("local:");
    const names = Object.keys(await own.netIfAddrs());
    await own.close();
    expect(names).not.to.include("seen0");
  });

  it("has no control group of ours, for we are not in it", async () => {
    const { cgroup, host: whole } = await host.limits();
    expect(cgroup).to.equal(null);
    expect(whole.cpus).to.be.greaterThan(0);
    expect((await host.limits({ process: 1 })).cgroup?.version).to.be.oneOf([1, 2, undefined]);
  });
});
