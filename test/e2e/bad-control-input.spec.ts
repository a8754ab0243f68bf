// SPDX-License-Identifier: Apache-2.0

import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { status } from "@grpc/grpc-js";
import { KillRequestSchema, SendSignalRequestSchema } from "@hostscope/proto/gen/process_control";
import { SuspendLeasedRequestSchema } from "@hostscope/proto/gen/process_lease";
import { CommitSignalRequestSchema, PreviewSignalRequestSchema } from "@hostscope/proto/gen/process_select";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { RawClient } from "../support/raw-client.ts";
import { stateFolder } from "../support/state-folder.ts";

function bytes<D extends DescMessage>(schema: D, init: MessageInitShape<D>): Buffer {
  return Buffer.from(toBinary(schema, create(schema, init)));
}

const nobody = { pid: 4_194_300n };

describe("Bad input to the control of a running agent", () => {
  const state = stateFolder();
  let agent: AgentProcess;
  let client: RawClient;
  before(async () => {
    agent = await startAgent("--state-dir", state.path);
    client = new RawClient(agent.host, agent.port);
  });
  after(async () => {
    client?.close();
    await agent?.stop();
    state.remove();
  });
  afterEach(() => expect(agent.child.exitCode, agent.log()).to.equal(null));

  const kill = (mutation: object) => bytes(KillRequestSchema, { ref: nobody, mutation });
  const lease = (seconds?: number) =>
    bytes(SuspendLeasedRequestSchema, { ref: nobody, ...(seconds === undefined ? {} : { lease: seconds }) });
  const preview = (init: object) => bytes(PreviewSignalRequestSchema, { signal: 15, selector: { name: "x" }, ...init });

  const inputs: [string, string, Buffer, number, string][] = [
    ["a reason of 257 bytes", "Kill", kill({ reason: "r".repeat(257) }), status.INVALID_ARGUMENT, "mutation.reason"],
    ["an empty operation id", "Kill", kill({ operationId: "" }), status.INVALID_ARGUMENT, "operation_id"],
    ["a long operation id", "Kill", kill({ operationId: "x".repeat(129) }), status.INVALID_ARGUMENT, "operation_id"],
    ["garbage", "Kill", Buffer.from("ffffffff", "hex"), status.INVALID_ARGUMENT, "cannot be read"],
    ["a mutation that is cut", "Kill", Buffer.from("1aff01", "hex"), status.INVALID_ARGUMENT, "cannot be read"],
    ["no ref", "Kill", Buffer.alloc(0), status.INVALID_ARGUMENT, "ref"],
    ["a target that is gone", "Kill", kill({ operationId: "gone" }), status.NOT_FOUND, "4194300"],
    ["no lease", "SuspendLeased", lease(), status.INVALID_ARGUMENT, "lease"],
    ["a lease of 0 s", "SuspendLeased", lease(0), status.OUT_OF_RANGE, "lease"],
    ["a lease of two days", "SuspendLeased", lease(172_800), status.OUT_OF_RANGE, "lease"],
    ["a lease of NaN s", "SuspendLeased", lease(Number.NaN), status.INVALID_ARGUMENT, "lease"],
    ["a lease on nobody", "SuspendLeased", lease(5), status.NOT_FOUND, "4194300"],
    ["no selector", "PreviewSignal", bytes(PreviewSignalRequestSchema, { signal: 15 }), status.INVALID_ARGUMENT, "sel"],
    ["no condition", "PreviewSignal", preview({ selector: {} }), status.INVALID_ARGUMENT, "selector"],
    ["an empty name", "PreviewSignal", preview({ selector: { name: "" } }), status.INVALID_ARGUMENT, "selector.name"],
    ["an empty user", "PreviewSignal", preview({ selector: { username: "" } }), status.INVALID_ARGUMENT, "username"],
    ["an empty cmdline", "PreviewSignal", preview({ selector: { cmdline: "" } }), status.INVALID_ARGUMENT, "cmdline"],
    ["no signal", "PreviewSignal", preview({ signal: undefined }), status.INVALID_ARGUMENT, "signal"],
    ["signal 0", "PreviewSignal", preview({ signal: 0 }), status.INVALID_ARGUMENT, "signal"],
    ["signal 65", "PreviewSignal", preview({ signal: 65 }), status.INVALID_ARGUMENT, "signal"],
    ["max_matches of 0", "PreviewSignal", preview({ maxMatches: 0 }), status.INVALID_ARGUMENT, "max_matches"],
    ["max_matches of 10,001", "PreviewSignal", preview({ maxMatches: 10_001 }), status.OUT_OF_RANGE, "max_matches"],
    ["no token", "CommitSignal", Buffer.alloc(0), status.INVALID_ARGUMENT, "token"],
    [
      "a token of nobody",
      "CommitSignal",
      bytes(CommitSignalRequestSchema, { token: "0".repeat(32) }),
      status.FAILED_PRECONDITION,
      "preview",
    ],
  ];
  for (const [what, method, request, code, text] of inputs) {
    it(`${method}: ${what}`, async () => {
      const answer = await client.call(`/hostscope.v1.Process/${method}`, request);
      expect(answer.code, answer.text).to.equal(code);
      expect(answer.text).to.contain(text);
    });
  }

  it("an operation id for another body: ALREADY_EXISTS; for the same one the stored answer", async () => {
    const send = (signal: number) =>
      client.call(
        "/hostscope.v1.Process/SendSignal",
        bytes(SendSignalRequestSchema, { ref: nobody, signal, mutation: { operationId: "one" } }),
      );
    expect((await send(15)).code).to.equal(status.NOT_FOUND);
    expect((await send(9)).code).to.equal(status.ALREADY_EXISTS);
    expect((await send(15)).code).to.equal(status.NOT_FOUND);
  });
});
