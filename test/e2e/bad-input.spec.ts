// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { status } from "@grpc/grpc-js";
import { CpuPercentRequestSchema } from "@hostscope/proto/gen/cpu";
import { ProcessGetRequestSchema, ProcessListRequestSchema } from "@hostscope/proto/gen/process_read";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { RawClient } from "../support/raw-client.ts";

describe("Bad input to a running agent", () => {
  let agent: AgentProcess;
  let client: RawClient;
  before(async () => {
    agent = await startAgent();
    client = new RawClient(agent.host, agent.port);
  });
  after(async () => {
    client?.close();
    await agent?.stop();
  });
  // Whatever was sent, the agent lives and answers the next caller.
  afterEach(async () => {
    expect(agent.child.exitCode, agent.log()).to.equal(null);
    expect((await client.call("/hostscope.v1.System/BootTime", Buffer.alloc(0))).code).to.equal(status.OK);
  });

  const garbage: [string, Buffer][] = [
    ["random bytes", Buffer.from("ffffffffffffffffffff00", "hex")],
    ["a length that runs past the end", Buffer.from("0aff01", "hex")],
    ["a cut varint", Buffer.from("0880", "hex")],
    ["field number zero", Buffer.from("0001", "hex")],
    ["a group without an end", Buffer.from("0b", "hex")],
    ["a wrong wire type for the ref", Buffer.from("0801", "hex")],
    ["groups nested 10,000 deep", Buffer.alloc(10_000, 0x7b)],
  ];
  for (const [what, bytes] of garbage) {
    it(`${what}: INVALID_ARGUMENT`, async () => {
      const answer = await client.call("/hostscope.v1.Process/Get", bytes);
      expect(answer.code, answer.text).to.equal(status.INVALID_ARGUMENT);
      expect(answer.messages).to.deep.equal([]);
    });
  }

  it("a request without its ref: INVALID_ARGUMENT that names it", async () => {
    const answer = await client.call("/hostscope.v1.Process/Get", Buffer.alloc(0));
    expect(answer.code).to.equal(status.INVALID_ARGUMENT);
    expect(answer.text).to.contain("ref");
  });

  it("an attribute that does not exist: INVALID_ARGUMENT that names it, for Get and List alike", async () => {
    const get = create(ProcessGetRequestSchema, { ref: { pid: 1n }, attributes: [999 as never] });
    const list = create(ProcessListRequestSchema, { attributes: [1 as never] });
    for (const [path, request, number] of [
      ["/hostscope.v1.Process/Get", toBinary(ProcessGetRequestSchema, get), "999"],
      ["/hostscope.v1.Process/List", toBinary(ProcessListRequestSchema, list), "1"],
    ] as const) {
      const answer = await client.call(path, request);
      expect(answer.code, answer.text).to.equal(status.INVALID_ARGUMENT);
      expect(answer.text).to.contain(number).and.to.contain("attribute");
    }
  });

  for (const interval of [-1, 0, Number.NaN, Number.POSITIVE_INFINITY, 1e9]) {
    it(`an interval of ${interval} s: INVALID_ARGUMENT`, async () => {
      const request = toBinary(CpuPercentRequestSchema, create(CpuPercentRequestSchema, { interval }));
      const answer = await client.call("/hostscope.v1.System/CpuPercent", request);
      expect(answer.code, answer.text).to.equal(status.INVALID_ARGUMENT);
      expect(answer.text).to.contain("interval");
    });
  }

  for (const pid of [0n, 4_194_305n, 2n ** 62n]) {
    it(`pid ${pid}: NOT_FOUND`, async () => {
      const request = toBinary(ProcessGetRequestSchema, create(ProcessGetRequestSchema, { ref: { pid } }));
      expect((await client.call("/hostscope.v1.Process/Get", request)).code).to.equal(status.NOT_FOUND);
    });
  }

  it("a negative pid: INVALID_ARGUMENT", async () => {
    const request = toBinary(ProcessGetRequestSchema, create(ProcessGetRequestSchema, { ref: { pid: -5n } }));
    expect((await client.call("/hostscope.v1.Process/Get", request)).code).to.equal(status.INVALID_ARGUMENT);
  });

  it("a request of more than 64 KiB: RESOURCE_EXHAUSTED", async () => {
    const answer = await client.call("/hostscope.v1.Process/List", Buffer.alloc(65_537));
    expect(answer.code).to.equal(status.RESOURCE_EXHAUSTED);
  });

  it("a deadline in the past: DEADLINE_EXCEEDED", async () => {
    const answer = await client.call("/hostscope.v1.System/BootTime", Buffer.alloc(0), Date.now() - 1000);
    expect(answer.code).to.equal(status.DEADLINE_EXCEEDED);
  });

  it("a deadline shorter than the work: DEADLINE_EXCEEDED in time", async () => {
    const request = toBinary(CpuPercentRequestSchema, create(CpuPercentRequestSchema, { interval: 5 }));
    const start = Date.now();
    const answer = await client.call("/hostscope.v1.System/CpuPercent", request, Date.now() + 200);
    expect(answer.code).to.equal(status.DEADLINE_EXCEEDED);
    expect(Date.now() - start).to.be.below(1500);
  });

  for (const path of ["/hostscope.v1.System/NoSuchThing", "/no.such.Service/Call", "//hostscope.v1.System/BootTime"]) {
    it(`${path}: UNIMPLEMENTED`, async () => {
      expect((await client.call(path, Buffer.alloc(0))).code).to.equal(status.UNIMPLEMENTED);
    });
  }

  it("every RPC that is not implemented says so itself", async () => {
    for (const path of ["WinService/WinServiceGet", "WinService/WinServiceIter"]) {
      const answer = await client.call(`/hostscope.v1.${path}`, Buffer.alloc(0));
      expect(answer.code, path).to.equal(status.UNIMPLEMENTED);
      expect(answer.text).to.contain(path.replace("/", "."));
    }
  });
});
