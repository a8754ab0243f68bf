// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { Process as Schema } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { Connection } from "../connection.ts";
import { HostUnreachable, InvalidArgument } from "../errors.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";
import { secondsOf, waitRefs } from "./wait-refs.ts";

const refsOf = (count: number): ProcessRef[] =>
  Array.from({ length: count }, (_, index) => ({ pid: index + 1, start: "5", pidfdInode: null, boot: null }));

describe("Waiting for many refs", () => {
  it("shares them out among calls that an agent takes, and loses none", async () => {
    const sizes: number[] = [];
    const transport = new FakeTransport().onStream(Schema.method.waitProcs, function* ({ refs }) {
      sizes.push(refs.length);
      yield { gone: refs.slice(0, 2).map((ref) => ({ ref, returncode: Number(ref.pid % 100n) })) };
      yield { gone: refs.slice(2).map((ref) => ({ ref })) };
    });
    const seen = new Map<number, number | null>();
    const refs = refsOf(4_000);
    await waitRefs(new Connection(transport, "fake:"), {
      call: "test",
      refs,
      seconds: null,
      options: undefined,
      onGone: (index, code) => void seen.set(index, code),
    });
    expect(sizes).to.deep.equal([1_500, 1_500, 1_000]);
    expect(seen.size).to.equal(4_000);
    expect(seen.get(1)).to.equal(2);
    expect(seen.get(1501)).to.equal(2);
    expect(seen.get(7)).to.equal(null);
  });

  it("begins anew when a call has lasted as long as calls may, with those that are left", async () => {
    const asked: (readonly [number, number | undefined])[] = [];
    const transport = new FakeTransport().onStream(Schema.method.waitProcs, function* ({ refs, timeout }) {
      asked.push([refs.length, timeout]);
      yield { gone: refs.slice(0, 1).map((ref) => ({ ref })) };
      if (refs.length > 1) throw new StatusError(StatusCode.DEADLINE_EXCEEDED, "a day has passed");
    });
    const waited = { call: "test", refs: refsOf(3), seconds: null, options: undefined, onGone: () => {} };
    await waitRefs(new Connection(transport, "fake:"), waited);
    expect(asked).to.deep.equal([
      [3, undefined],
      [2, undefined],
      [1, undefined],
    ]);
  });

  it("gives the other calls up when one fails", async () => {
    const transport = new FakeTransport().onStream(Schema.method.waitProcs, async function* ({ refs }) {
      if (refs.length < 1_500) throw new StatusError(StatusCode.UNAVAILABLE, "gone");
      await new Promise(() => {});
      yield {};
    });
    const waited = { call: "test", refs: refsOf(2_000), seconds: 5, options: undefined, onGone: () => {} };
    await failureOf(waitRefs(new Connection(transport, "fake:"), waited), HostUnreachable);
    expect(transport.calls.map(({ cancelled }) => cancelled)).to.deep.equal([true, true]);
  });

  it("refuses more than fit, and what is no time", async () => {
    const waited = { call: "test", refs: refsOf(48_001), seconds: 5, options: undefined, onGone: () => {} };
    await failureOf(waitRefs(new Connection(new FakeTransport(), "fake:"), waited), InvalidArgument);
    for (const timeout of [-1, -0.001, Number.NaN, Number.NEGATIVE_INFINITY, "1" as never]) {
      expect(() => secondsOf("test", timeout), String(timeout)).to.throw(InvalidArgument);
    }
    expect(secondsOf("test", undefined)).to.equal(null);
    expect(secondsOf("test", Number.POSITIVE_INFINITY)).to.equal(null);
    expect(secondsOf("test", 0)).to.equal(0);
  });
});
