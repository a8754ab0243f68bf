// SPDX-License-Identifier: Apache-2.0

import { EventEmitter } from "node:events";
import { Metadata } from "@grpc/grpc-js";
import type { MethodDescriptor, StatusError } from "@hostscope/proto";
import { expect } from "chai";
import { pino } from "pino";
import { LIMITS } from "../config/limits.ts";
import { Admission } from "../policy/admission.ts";
import { eventually } from "../spec/agent-fixture.ts";
import { fakeTransport } from "../spec/fake-transport.ts";
import type { Caller } from "../trust/identity.ts";
import { CallRegistry } from "./call-registry.ts";
import { CallScope, stoppingError } from "./call-scope.ts";
import { resetStream } from "./reset-stream.ts";

const caller: Caller = { identity: { kind: "loopback" }, peer: "", connection: 1 };
const admissionOf = () => new Admission(caller, () => {});

const METHOD: MethodDescriptor = {
  service: "System",
  name: "BootTime",
  path: "/hostscope.v1.System/BootTime",
  kind: "unary",
  permission: "metrics.read",
  mutates: false,
  audit: false,
  cost: "low",
};

function open(deadline: number, onStop: (error: StatusError) => void = () => {}) {
  const calls = new CallRegistry();
  const limits = { ...LIMITS, lateMs: 0, stallMs: 20 };
  const emitter = Object.assign(new EventEmitter(), { getDeadline: () => deadline, metadata: new Metadata() });
  const context = { transport: fakeTransport({}), calls, limits, admissionOf, logger: pino({ level: "silent" }) };
  return { calls, emitter, scope: new CallScope(context, METHOD, emitter, onStop) };
}

describe("a call's scope", () => {
  it("ends once", () => {
    const { scope, emitter } = open(Number.POSITIVE_INFINITY);
    expect(scope.end(0)).to.equal(true);
    expect(scope.end(5)).to.equal(false);
    emitter.emit("cancelled");
    expect(scope.options.signal?.aborted).to.equal(false);
  });

  it("is in the registry until the call is over, not only ended", async () => {
    const { calls, scope, emitter } = open(Number.POSITIVE_INFINITY);
    scope.end(0);
    expect(calls.size).to.equal(1);
    const idle = calls.idle();
    emitter.emit("cancelled");
    emitter.emit("cancelled");
    await idle;
    expect(calls.size).to.equal(0);
  });

  it("goes even if grpc-js never says that the call is over", async () => {
    const stops: number[] = [];
    const { calls, scope } = open(Date.now() + 10, (error) => stops.push(error.code));
    await eventually(() => calls.size === 0, 1_000);
    expect(stops).to.deep.equal([4]);
    expect(scope.options.signal?.aborted).to.equal(true);
  });

  it("refuses to start when the agent stops or the deadline has passed", () => {
    const late = open(Date.now() - 1);
    expect(late.scope.refusal()?.code).to.equal(4);
    const stopping = open(Number.POSITIVE_INFINITY);
    expect(stopping.scope.refusal()).to.equal(null);
    stopping.calls.startDraining();
    expect(stopping.scope.refusal()?.message).to.equal(stoppingError().message);
    for (const { emitter } of [late, stopping]) emitter.emit("cancelled");
  });
});

describe("reset", () => {
  it("finds the stream behind any number of interceptors, and says if there is none", () => {
    const codes: number[] = [];
    const stream = { closed: false, close: (code: number) => codes.push(code) };
    expect(resetStream({ call: { stream } })).to.equal(true);
    expect(resetStream({ call: { nextCall: { nextCall: { stream } } } })).to.equal(true);
    expect(codes).to.deep.equal([11, 11]);
    for (const odd of [{}, { call: null }, { call: 5 }, { call: { nextCall: {} } }, { call: { stream: {} } }]) {
      expect(resetStream(odd)).to.equal(false);
    }
  });
});
