// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeMethod, StatusCode, type Transport } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { PopenRequestSchema } from "@hostscope/proto/gen/popen";
import { Process } from "@hostscope/proto/gen/process";
import { KillRequestSchema } from "@hostscope/proto/gen/process_control";
import { expect } from "chai";
import { failure } from "./failure.ts";
import { GuardedTransport } from "./guarded-transport.ts";
import { encode, FakeCollector, FakeMachine } from "./spec/fake-machine.ts";
import { statusOf } from "./spec/status-of.ts";
import { temporaryFolder } from "./spec/temporary-folder.ts";

const KILL = describeMethod(Process.method.kill);
const POPEN = describeMethod(Process.method.popen);

describe("The guard in front of the collector", () => {
  const folder = temporaryFolder();
  let machine: FakeMachine;
  const open = () => new GuardedTransport(new FakeCollector(machine), folder());
  const request = (operationId: string, reason?: string) =>
    encode(KillRequestSchema, {
      ref: { pid: 5n },
      mutation: { operationId, ...(reason === undefined ? {} : { reason }) },
    });
  const kill = (transport: Transport, operationId: string) => transport.unary(KILL, request(operationId), {});

  beforeEach(() => {
    machine = new FakeMachine();
    machine.add(5);
  });

  it("checks reason and operation id before anything else", async () => {
    const transport = open();
    const bad = [
      request(""),
      request("x".repeat(129)),
      request("é".repeat(65)),
      request("a", "é".repeat(129)),
      new Uint8Array([255]),
    ];
    for (const bytes of bad) {
      const failed = await statusOf(transport.unary(KILL, bytes, {}));
      expect(failed, failed.error.message).to.include({ code: StatusCode.INVALID_ARGUMENT });
    }
    expect(machine.count("Kill")).to.equal(0);
    await transport.unary(KILL, request("x".repeat(128), "r".repeat(256)), {});
    await transport.unary(KILL, request("\0/../\u202e\n\ud83d\ude00"), {});
    expect(machine.count("Kill")).to.equal(2);
  });

  it("needs no state directory without an operation id, and for reads", async () => {
    const path = join(folder(), "state");
    const transport = new GuardedTransport(new FakeCollector(machine), path);
    await transport.unary(KILL, encode(KillRequestSchema, { ref: { pid: 5n } }), {});
    await statusOf(transport.unary(describeMethod(Process.method.pids), new Uint8Array(), {}));
    expect(readdirSync(folder())).to.deep.equal([]);
    await kill(transport, "a");
    expect(readdirSync(folder())).to.deep.equal(["state"]);
    await transport.close();
  });

  it("does nothing where nothing can be kept: FAILED_PRECONDITION", async () => {
    writeFileSync(join(folder(), "file"), "");
    mkdirSync(join(folder(), "open"));
    for (const path of [join(folder(), "file"), join(folder(), "file", "below"), "/proc/hostscope"]) {
      const transport = new GuardedTransport(new FakeCollector(machine), path);
      expect(await statusOf(kill(transport, "a")), path).to.include({ code: StatusCode.FAILED_PRECONDITION });
    }
    expect(machine.count("Kill")).to.equal(0);
  });

  it("claims the id of a Popen: a second one is a conflict, unless the first was refused", async () => {
    const start = encode(PopenRequestSchema, {
      kind: { case: "start", value: { args: ["/bin/true"], mutation: { operationId: "p" } } },
    });
    const transport = open();
    const popen = async () => {
      const seen: Uint8Array[] = [];
      for await (const message of transport.bidiStream(POPEN, messages(start, new Uint8Array([9])), {})) {
        seen.push(message);
      }
      return seen;
    };
    machine.before = async (name) => {
      if (name === "Popen") throw failure(ErrorReason.OVERLOADED, "not now");
    };
    expect((await statusOf(popen())).reason).to.equal("OVERLOADED");
    machine.before = async () => {};
    expect(await popen()).to.deep.equal([start, new Uint8Array([9])]);
    expect((await statusOf(popen())).reason).to.equal("OPERATION_CONFLICT");
    const wrong = encode(PopenRequestSchema, {
      kind: { case: "start", value: { mutation: { reason: "r".repeat(257) } } },
    });
    const refused = await statusOf(first(transport.bidiStream(POPEN, messages(wrong), {})));
    expect(refused.error.message).to.contain("start.mutation.reason");
  });
});

async function* messages(...all: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

async function first(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array | null> {
  for await (const message of stream) return message;
  return null;
}
