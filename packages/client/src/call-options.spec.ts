// SPDX-License-Identifier: Apache-2.0

import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { type CallOptions, checkOptions, MAX_TIMEOUT_MS } from "./call-options.ts";
import { Cancelled, DeadlineExceeded, InvalidArgument } from "./errors.ts";
import { createHost } from "./open.ts";
import { failureOf } from "./spec-support/failure-of.ts";
import { FakeTransport } from "./spec-support/fake-transport.ts";

const check = (options: unknown, own?: string[]) => () => checkOptions("Host.pids", options as CallOptions, own);

describe("Call options", () => {
  it("may be left out, wholly or in part", () => {
    for (const options of [undefined, {}, { timeoutMs: undefined, signal: undefined }, { percpu: true }]) {
      expect(check(options, ["percpu"])).to.not.throw();
    }
  });

  it("with an unknown key name the nearest that exists", () => {
    expect(check({ timeoutMS: 1 })).to.throw(
      InvalidArgument,
      'Host.pids has no option "timeoutMS"; did you mean "timeoutMs"?',
    );
    expect(check({ perCpu: true }, ["percpu"])).to.throw(InvalidArgument, 'did you mean "percpu"?');
    expect(check({ colour: 1 })).to.throw(InvalidArgument, /has no option "colour"$/);
  });

  for (const options of [1, "x", null, [], true, () => {}]) {
    it(`that are ${JSON.stringify(options) ?? "a function"} are refused`, () => {
      expect(check(options, ["interval"])).to.throw(InvalidArgument, "one object, e.g. { interval: …");
    });
  }

  for (const timeoutMs of [Number.NaN, Number.POSITIVE_INFINITY, "5", null, MAX_TIMEOUT_MS + 1]) {
    it(`timeoutMs ${timeoutMs} is refused`, () => {
      expect(check({ timeoutMs })).to.throw(InvalidArgument, "timeoutMs must be a number of milliseconds");
    });
  }

  for (const signal of [null, 5, {}, "abort"]) {
    it(`signal ${JSON.stringify(signal)} is refused`, () => {
      expect(check({ signal })).to.throw(InvalidArgument, "must be an AbortSignal");
    });
  }

  describe("on their way to the transport", () => {
    let fake: FakeTransport;
    beforeEach(() => {
      fake = new FakeTransport().on(System.method.bootTime, () => ({ bootTime: 5 }));
    });

    it("a timeout of the call, else of the host, else ten seconds", async () => {
      await createHost(fake).bootTime();
      await createHost(fake, { timeoutMs: 700 }).bootTime();
      await createHost(fake, { timeoutMs: 700 }).bootTime({ timeoutMs: 70 });
      expect(fake.calls.map(({ options }) => options.timeoutMs)).to.deep.equal([10_000, 700, 70]);
    });

    for (const timeoutMs of [0, -1, -1e9]) {
      it(`timeoutMs ${timeoutMs} is DeadlineExceeded without a call`, async () => {
        const error = await failureOf(createHost(fake).bootTime({ timeoutMs }), DeadlineExceeded);
        expect(error).to.include({ host: "custom:", retryable: true });
        expect(fake.calls).to.deep.equal([]);
      });
    }

    it("a signal that was aborted before is Cancelled without a call", async () => {
      const reason = new Error("not today");
      const error = await failureOf(createHost(fake).bootTime({ signal: AbortSignal.abort(reason) }), Cancelled);
      expect(error.cause).to.equal(reason);
      expect(fake.calls).to.deep.equal([]);
    });

    it("one signal for many calls at once brings no warning of a leak", async () => {
      const warnings: Error[] = [];
      const warned = (warning: Error) => warnings.push(warning);
      process.on("warning", warned);
      const { signal } = new AbortController();
      await Promise.all(Array.from({ length: 50 }, () => createHost(fake).bootTime({ signal })));
      await new Promise((resolve) => setImmediate(resolve));
      process.off("warning", warned);
      expect(warnings).to.deep.equal([]);
    });

    it("after close() every call is Cancelled, and the transport is closed once", async () => {
      const host = createHost(fake);
      await host.close();
      await host.close();
      expect(fake.closed).to.equal(1);
      await failureOf(host.bootTime(), Cancelled);
      expect(fake.calls).to.deep.equal([]);
    });

    it("await using closes the host", async () => {
      {
        await using host = createHost(fake);
        expect(await host.bootTime()).to.equal(5);
      }
      expect(fake.closed).to.equal(1);
    });
  });
});
