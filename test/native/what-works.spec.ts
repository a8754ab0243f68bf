// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { describeMethod, type MethodDescriptor, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import type { HostInfo } from "@hostscope/proto/gen/host";
import { Process } from "@hostscope/proto/gen/process";
import { AttributeOutcome, ProcessAttribute, ProcessAttributeSchema } from "@hostscope/proto/gen/process_info";
import { ProcessGetRequestSchema, ProcessGetResponseSchema } from "@hostscope/proto/gen/process_read";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";
import { expect } from "chai";
import { unaryCall } from "../support/unary-call.ts";

const NOTHING = new Uint8Array();
const METHODS = [Process, Sensors, System, WinService].flatMap(({ methods }) => methods.map(describeMethod));
const nameOf = ({ path }: MethodDescriptor): string => path.replace("/hostscope.v1.", "").replace("/", ".");

async function* nothing(): AsyncIterable<Uint8Array> {}

async function firstOf(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of stream) return;
}

/** How a call with an empty request ends; null if it succeeds. */
async function errorOf(collector: Transport, method: MethodDescriptor): Promise<StatusError | null> {
  const options = { timeoutMs: 10_000 };
  try {
    if (method.kind === "unary") await collector.unary(method, NOTHING, options);
    else if (method.kind === "server_streaming") await firstOf(collector.serverStream(method, NOTHING, options));
    else await firstOf(collector.bidiStream(method, nothing(), options));
    return null;
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}

describe("What HostInfo says that works here", () => {
  let collector: Transport;
  let info: HostInfo;
  before(async () => {
    collector = createCollector();
    info = (await unaryCall(collector, System.method.hostInfo)).hostInfo as HostInfo;
  });
  after(() => collector?.close());

  it("names methods of the schema, sorted, and not few", () => {
    expect(info.methods).to.deep.equal([...new Set(info.methods)].sort());
    expect(METHODS.map(nameOf)).to.include.members(info.methods);
    expect(info.methods).to.include.members(["Process.List", "Sensors.SensorsFans", "System.CpuTimes", "System.Users"]);
  });

  for (const method of METHODS) {
    const name = nameOf(method);
    it(`is right about ${name}`, async () => {
      const error = await errorOf(collector, method);
      const answersUnimplemented = error?.code === StatusCode.UNIMPLEMENTED;
      expect(info.methods.includes(name), String(error)).to.equal(!answersUnimplemented);
    });
  }

  it("is right about every attribute of a process", async () => {
    const attributes = ProcessAttributeSchema.values
      .map(({ number }) => number as ProcessAttribute)
      .filter((number) => number !== ProcessAttribute.UNSPECIFIED);
    const ref = { pid: BigInt(process.pid) };
    const request = toBinary(ProcessGetRequestSchema, create(ProcessGetRequestSchema, { ref, attributes }));
    const answer = await collector.unary(describeMethod(Process.method.get), request, { timeoutMs: 10_000 });
    const failures = fromBinary(ProcessGetResponseSchema, answer).process?.failures ?? [];
    const unsupported = failures
      .filter(({ outcome }) => outcome === AttributeOutcome.UNSUPPORTED)
      .map(({ attribute }) => attribute);
    expect(info.processAttributes).to.deep.equal(attributes.filter((number) => !unsupported.includes(number)));
    expect(unsupported).to.deep.equal([ProcessAttribute.NUM_HANDLES]);
  });
});

describe("What only Windows has", () => {
  let collector: Transport;
  before(() => {
    collector = createCollector();
  });
  after(() => collector?.close());

  for (const method of WinService.methods.map(describeMethod)) {
    it(`is unsupported on Linux: ${nameOf(method)}`, async () => {
      const error = await errorOf(collector, method);
      expect(error?.code).to.equal(StatusCode.UNIMPLEMENTED);
      expect(fromBinary(ErrorDetailSchema, error?.detail ?? NOTHING)).to.deep.include({
        reason: ErrorReason.UNSUPPORTED,
        op: nameOf(method),
        platform: "linux",
      });
    });
  }
});
