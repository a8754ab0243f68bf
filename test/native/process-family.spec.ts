// SPDX-License-Identifier: Apache-2.0

import type { MessageInitShape } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import type { Transport } from "@hostscope/proto";
import type { ProcessRefSchema } from "@hostscope/proto/gen/common";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { RlimitResource } from "@hostscope/proto/gen/process_control";
import { expect } from "chai";
import { ProcTree, release } from "../support/proc-tree.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";

type Ref = MessageInitShape<typeof ProcessRefSchema>;

const ALL_CALLS: Readonly<Record<string, (host: Transport, ref: Ref) => Promise<unknown>>> = {
  Get: (host, ref) => unaryCall(host, Process.method.get, { ref }),
  Parent: (host, ref) => unaryCall(host, Process.method.parent, { ref }),
  Parents: (host, ref) => unaryCall(host, Process.method.parents, { ref }),
  Children: (host, ref) => unaryCall(host, Process.method.children, { ref, recursive: true }),
  Rlimit: (host, ref) => unaryCall(host, Process.method.rlimit, { ref, resource: RlimitResource.NOFILE }),
};

const pidsOf = (refs: readonly { pid: bigint }[]) => refs.map(({ pid }) => Number(pid));

describe("Families that no live host has when a test needs them", () => {
  const tree = new ProcTree();
  let host: Transport;
  before(() => {
    tree.process(1, { ppid: 0, start: 5 });
    tree.process(10, { ppid: 1, start: 10 });
    tree.process(20, { ppid: 10, start: 20 });
    tree.process(21, { ppid: 10, start: 21, state: "Z" });
    tree.process(30, { ppid: 20, start: 30 });
    tree.process(31, { ppid: 21, start: 10 }); // older than its parent: that got its pid later
    tree.process(32, { ppid: 31, start: 40 });
    tree.process(50, { ppid: 51, start: 50 }); // a circle of pids given anew, all in one tick
    tree.process(51, { ppid: 50, start: 50 });
    tree.process(60, { ppid: 61, start: 60 }); // whose parent is hidden
    for (const pid of [10, 20]) {
      tree.file(`${pid}/limits`, `Limit\nMax open files            ${pid}   unlimited   files\n`);
    }
    host = createCollector({ procRoot: tree.root, fieldTimeoutMs: 200 });
  });
  after(async () => {
    await host?.close();
    tree.remove();
  });
  const children = async (pid: number, recursive = false) =>
    pidsOf((await unaryCall(host, Process.method.children, { ref: { pid: BigInt(pid) }, recursive })).children);
  const parents = async (pid: number) =>
    pidsOf((await unaryCall(host, Process.method.parents, { ref: { pid: BigInt(pid) } })).parents);
  const parent = async (pid: number) =>
    (await unaryCall(host, Process.method.parent, { ref: { pid: BigInt(pid) } })).parent?.pid ?? null;

  it("children are in psutil's order, zombies too, and never older than their parent", async () => {
    expect(await children(10)).to.deep.equal([20, 21]);
    expect(await children(10, true)).to.deep.equal([20, 21, 30]);
    expect(await children(1, true)).to.deep.equal([10, 20, 21, 30]);
    expect(await children(31)).to.deep.equal([32]);
  });

  it("a parent is never younger than its child, nor hidden", async () => {
    expect(await parent(30)).to.equal(20n);
    expect(await parent(31)).to.equal(null);
    expect(await parent(60)).to.equal(null);
    expect(await parent(1)).to.equal(null);
    expect(await parents(30)).to.deep.equal([20, 10, 1]);
    expect(await parents(32)).to.deep.equal([31]);
  });

  it("a circle ends", async () => {
    expect(await parents(50)).to.deep.equal([51]);
    expect(await children(50, true)).to.deep.equal([51]);
  });

  for (const [name, call] of Object.entries(ALL_CALLS)) {
    it(`${name} tells a pid's new owner from the one that was meant`, async () => {
      await call(host, { pid: 10n, start: 10n });
      const { detail } = await failureOf(call(host, { pid: 10n, start: 9n }));
      expect(detail.reason).to.equal(ErrorReason.PID_REUSED);
      expect(Number(detail.pid)).to.equal(10);
    });

    it(`${name} of a pid that nobody has, of none and of a negative one`, async () => {
      expect((await failureOf(call(host, { pid: 99n }))).detail.reason).to.equal(ErrorReason.NO_SUCH_PROCESS);
      expect((await failureOf(call(host, { pid: -1n }))).detail.reason).to.equal(ErrorReason.INVALID_ARGUMENT);
      const missing = call(host, undefined as unknown as Ref);
      expect((await failureOf(missing)).detail).to.include({ reason: ErrorReason.INVALID_ARGUMENT, field: "ref" });
    });
  }

  it("a limit that the kernel does not have is unsupported, one that nobody has is refused", async () => {
    const limit = (resource: RlimitResource) => unaryCall(host, Process.method.rlimit, { ref: { pid: 10n }, resource });
    const { limits } = await limit(RlimitResource.NOFILE);
    expect([limits?.soft, limits?.hard]).to.deep.equal([10n, undefined]);
    expect((await failureOf(limit(RlimitResource.RTTIME))).detail.reason).to.equal(ErrorReason.UNSUPPORTED);
    for (const unknown of [RlimitResource.UNSPECIFIED, 99 as RlimitResource]) {
      const { detail } = await failureOf(limit(unknown));
      expect(detail).to.include({ reason: ErrorReason.INVALID_ARGUMENT, field: "resource" });
    }
  });

  it("a process that keeps its reader waiting costs its own place only", async () => {
    const fifo = tree.stuck("20/stat");
    expect(await children(10, true)).to.deep.equal([21]);
    expect(await children(10, true)).to.deep.equal([21]);
    expect((await failureOf(parents(30))).detail.reason).to.equal(ErrorReason.DEADLINE);
    expect(await parents(32)).to.deep.equal([31]);
    expect((await failureOf(children(20))).detail.reason).to.equal(ErrorReason.DEADLINE);
    release(fifo);
  });
});
