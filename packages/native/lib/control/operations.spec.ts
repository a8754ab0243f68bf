// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { KillRequestSchema, SuspendRequestSchema } from "@hostscope/proto/gen/process_control";
import { expect } from "chai";
import { failure } from "./failure.ts";
import { GuardedTransport } from "./guarded-transport.ts";
import { fileName } from "./operation-record.ts";
import { OperationStore } from "./operation-store.ts";
import { Operations } from "./operations.ts";
import { Owners } from "./owner.ts";
import { encode, FakeCollector, FakeMachine } from "./spec/fake-machine.ts";
import { nameOfReason, statusOf } from "./spec/status-of.ts";
import { temporaryFolder } from "./spec/temporary-folder.ts";
import { StateDirectory } from "./state-directory.ts";

const KILL = describeMethod(Process.method.kill);
const SUSPEND = describeMethod(Process.method.suspend);

describe("An operation id", () => {
  const folder = temporaryFolder();
  let machine: FakeMachine;
  const open = () => new GuardedTransport(new FakeCollector(machine), folder());
  const request = (operationId: string, pid = 5, reason?: string) =>
    encode(KillRequestSchema, {
      ref: { pid: BigInt(pid) },
      mutation: { operationId, ...(reason === undefined ? {} : { reason }) },
    });
  const kill = (transport: Transport, operationId: string, pid?: number) =>
    transport.unary(KILL, request(operationId, pid), {});
  const file = (id: string) => join(folder(), "operations", fileName(id));

  beforeEach(() => {
    machine = new FakeMachine();
    machine.add(5);
    machine.add(6);
  });

  it("acts once: repeated calls get the first one's answer, from another collector too", async () => {
    const transport = open();
    const first = await kill(transport, "a");
    expect(first).to.have.length.above(0);
    expect(await kill(transport, "a")).to.deep.equal(first);
    expect(await kill(open(), "a")).to.deep.equal(first);
    expect(machine.count("Kill")).to.equal(1);
    await kill(transport, "b");
    expect(machine.count("Kill")).to.equal(2);
  });

  it("belongs to its caller: another's is another operation, and does not use this one up", async () => {
    const transport = open();
    const killAs = (caller: string, pid?: number) => transport.unary(KILL, request("a", pid), { caller });
    await killAs("token ci");
    await killAs("token ci");
    expect(machine.count("Kill")).to.equal(1);
    await killAs("token ops", 6);
    await kill(transport, "a");
    expect(machine.count("Kill")).to.equal(3);
    expect((await statusOf(killAs("token ci", 6))).reason).to.equal("OPERATION_CONFLICT");
  });

  it("twice at once: the second waits for the first", async () => {
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    machine.before = async (name) => (name === "Kill" ? gate : undefined);
    const transport = open();
    const both = [kill(transport, "a"), kill(transport, "a"), kill(open(), "a")];
    await until(() => machine.count("Kill") === 1);
    goOn();
    const [one, two, three] = await Promise.all(both);
    expect(two).to.deep.equal(one);
    expect(three).to.deep.equal(one);
    expect(machine.count("Kill")).to.equal(1);
  });

  it("for another request or method is a conflict", async () => {
    const transport = open();
    await kill(transport, "a");
    const suspend = encode(SuspendRequestSchema, { ref: { pid: 5n }, mutation: { operationId: "a" } });
    for (const other of [
      () => kill(transport, "a", 6),
      () => kill(open(), "a", 6),
      () => transport.unary(SUSPEND, suspend, {}),
      () => transport.unary(KILL, request("a", 5, "why"), {}),
    ]) {
      expect(await statusOf(other())).to.include({ code: StatusCode.ALREADY_EXISTS, reason: "OPERATION_CONFLICT" });
    }
    expect(machine.calls.filter((name) => name !== "Get")).to.deep.equal(["Kill"]);
  });

  it("keeps a refusal as an answer", async () => {
    const transport = open();
    const failed = await statusOf(kill(transport, "a", 9));
    expect(failed).to.include({ code: StatusCode.NOT_FOUND, reason: "NO_SUCH_PROCESS" });
    machine.add(9);
    expect(await statusOf(kill(open(), "a", 9))).to.include({ code: failed.code, reason: failed.reason });
    expect(machine.count("Kill")).to.equal(1);
  });

  for (const [reason, code] of [
    [ErrorReason.OVERLOADED, StatusCode.RESOURCE_EXHAUSTED],
    [ErrorReason.OUT_OF_RANGE, StatusCode.OUT_OF_RANGE],
    [ErrorReason.INVALID_ARGUMENT, StatusCode.INVALID_ARGUMENT],
  ] as const) {
    it(`is free again after ${nameOfReason(reason)}, as nothing was done`, async () => {
      machine.before = async (name) => {
        if (name === "Kill") throw failure(reason, "not now");
      };
      const transport = open();
      expect((await statusOf(kill(transport, "a"))).code).to.equal(code);
      expect(readdirSync(join(folder(), "operations"))).to.deep.equal([]);
      machine.before = async () => {};
      expect(await kill(transport, "a")).to.have.length.above(0);
    });
  }

  for (const code of [StatusCode.DEADLINE_EXCEEDED, StatusCode.UNAVAILABLE, StatusCode.UNKNOWN]) {
    it(`is unknown for good after status ${code} of the collector`, async () => {
      machine.before = async (name) => {
        if (name === "Kill") throw new StatusError(code, "lost");
      };
      const transport = open();
      expect((await statusOf(kill(transport, "a"))).code).to.equal(code);
      machine.before = async () => {};
      expect(await statusOf(kill(transport, "a"))).to.include({
        code: StatusCode.ABORTED,
        reason: "OPERATION_UNKNOWN",
      });
      expect(machine.count("Kill")).to.equal(1);
    });
  }

  it("goes on when its caller gives up in the midst, and a retry gets its answer", async () => {
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    machine.before = async (name) => (name === "Kill" ? gate : undefined);
    const transport = open();
    const controller = new AbortController();
    const given = statusOf(transport.unary(KILL, request("a"), { signal: controller.signal }));
    const late = statusOf(transport.unary(KILL, request("a"), { timeoutMs: 60 }));
    await until(() => machine.count("Kill") === 1);
    controller.abort();
    expect((await given).code).to.equal(StatusCode.CANCELLED);
    expect((await late).code).to.equal(StatusCode.DEADLINE_EXCEEDED);
    const retry = kill(transport, "a");
    goOn();
    expect(await retry).to.have.length.above(0);
    expect(machine.count("Kill")).to.equal(1);
  });

  it("whose caller is gone before anything was done does nothing, and is free", async () => {
    const transport = open();
    expect((await statusOf(transport.unary(KILL, request("a"), { signal: AbortSignal.abort() }))).code).to.equal(1);
    expect((await statusOf(transport.unary(KILL, request("a"), { timeoutMs: 0 }))).code).to.equal(4);
    expect(machine.count("Kill")).to.equal(0);
    await kill(transport, "a");
    expect(machine.count("Kill")).to.equal(1);
  });

  it("of a call to a collector that is closed already is not used up", async () => {
    const closed = open();
    await closed.close();
    expect(await statusOf(kill(closed, "a"))).to.include({ code: StatusCode.UNAVAILABLE, reason: "UNAVAILABLE" });
    await kill(open(), "a");
    expect(machine.count("Kill")).to.equal(1);
  });

  it("of an agent that was killed in the midst is unknown, and never acts", async () => {
    machine.add(4711);
    const transport = open();
    await kill(transport, "a");
    const record = JSON.parse(readFileSync(file("a"), "utf8"));
    const cut = { ...record, outcome: undefined };
    machine.calls.length = 0;
    for (const owner of [
      { pid: "4712", start: "100" },
      { pid: "4711", start: "99" },
    ]) {
      writeFileSync(file("a"), JSON.stringify({ ...cut, owner }));
      expect(await statusOf(kill(open(), "a"))).to.include({ code: StatusCode.ABORTED, reason: "OPERATION_UNKNOWN" });
    }
    for (const damage of ["", "{", "[]", "null", '{"fingerprint":1}']) {
      writeFileSync(file("a"), damage);
      expect((await statusOf(kill(open(), "a"))).reason, damage).to.equal("OPERATION_UNKNOWN");
    }
    expect(machine.count("Kill")).to.equal(0);
  });

  it("of an agent that still acts is waited for, within the caller's time", async () => {
    machine.add(4711);
    await kill(open(), "a");
    const record = JSON.parse(readFileSync(file("a"), "utf8"));
    writeFileSync(file("a"), JSON.stringify({ ...record, outcome: undefined, owner: { pid: "4711", start: "100" } }));
    const transport = open();
    expect((await statusOf(transport.unary(KILL, request("a"), { timeoutMs: 100 }))).code).to.equal(4);
    const waiting = kill(transport, "a");
    writeFileSync(file("a"), JSON.stringify({ ...record, owner: { pid: "4711", start: "100" } }));
    expect(await waiting).to.have.length.above(0);
    expect(machine.count("Kill")).to.equal(1);
    await transport.close();
  });

  it("is forgotten after ten minutes and after a reboot", async () => {
    const transport = open();
    await kill(transport, "a");
    const record = JSON.parse(readFileSync(file("a"), "utf8"));
    writeFileSync(file("a"), JSON.stringify({ ...record, atMs: record.atMs - 600_001 }));
    await kill(transport, "a");
    expect(machine.count("Kill")).to.equal(2);
    writeFileSync(file("a"), JSON.stringify({ ...record, owner: { ...record.owner, boot: 8 } }));
    await kill(open(), "a");
    expect(machine.count("Kill")).to.equal(3);
  });

  it("old ones are swept, those of others too", async () => {
    await kill(open(), "a");
    const record = JSON.parse(readFileSync(file("a"), "utf8"));
    for (let i = 0; i < 20; i++) {
      writeFileSync(file(`old ${i}`), JSON.stringify({ ...record, atMs: record.atMs - 700_000 }));
    }
    await kill(open(), "b");
    expect(readdirSync(join(folder(), "operations"))).to.have.members([fileName("a"), fileName("b")]);
  });

  it("are bounded in number: a further one is refused, and not at the cost of those that are kept", async () => {
    const owners = new Owners(new FakeCollector(machine));
    const operations = new Operations(new OperationStore(new StateDirectory(folder()), owners, 3), owners);
    let acts = 0;
    const act = async () => new Uint8Array([acts++]);
    const run = (id: string) => operations.run(id, KILL, request(id), {}, act);
    for (const id of ["a", "b", "c"]) await run(id);
    expect(await statusOf(run("d"))).to.include({ code: StatusCode.RESOURCE_EXHAUSTED, reason: "OVERLOADED" });
    expect(await run("a")).to.deep.equal(new Uint8Array([0]));
    expect(acts).to.equal(3);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); ) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
