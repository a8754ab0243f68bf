// SPDX-License-Identifier: Apache-2.0

import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { LIMITS } from "../config/limits.ts";
import { ListenCounts } from "../listen/listen-counts.ts";
import type { Identity } from "./identity.ts";
import { QuotaError } from "./quota-error.ts";
import { Quotas } from "./quotas.ts";
import { RateLimit } from "./rate-limit.ts";

const user = (uid: number): Identity => ({ kind: "unix", uid, gid: uid, groups: [], pid: null });
const METHODS = [System, Process].flatMap(({ methods }) => methods.map(describeMethod));
const WATCH = "/hostscope.v1.System/Watch";

describe("A rate limit", () => {
  it("gives so much at once, and so much again per second, to each on its own", () => {
    let now = 0;
    const rate = new RateLimit(10, 20, () => now);
    expect(rate.take("a", 20)).to.equal(0);
    expect(rate.take("a", 1)).to.equal(100);
    expect(rate.take("b", 1)).to.equal(0);
    now = 99;
    expect(rate.take("a", 1)).to.be.greaterThan(0);
    now = 100;
    expect(rate.take("a", 1)).to.equal(0);
    now = 1e9;
    expect(rate.take("a", 21)).to.be.greaterThan(0);
    expect(rate.take("a", 20)).to.equal(0);
  });

  it("remembers a bounded number of callers", () => {
    let now = 0;
    const rate = new RateLimit(1, 1, () => now);
    for (let caller = 0; caller < 30_000; caller++) {
      now += 0.01;
      rate.take(String(caller), 1);
    }
    expect(rate.size).to.be.at.most(10_000);
  });
});

describe("Quotas", () => {
  const counts = new ListenCounts();
  const quotas = (limits: Partial<typeof LIMITS>) => new Quotas({ ...LIMITS, ...limits }, METHODS, counts);

  it("count calls by their cost", () => {
    const small = quotas({ costPerSecond: 1, costAtOnce: 10 });
    for (let call = 0; call < 10; call++) small.start("/hostscope.v1.System/BootTime", user(1))();
    expect(() => small.start("/hostscope.v1.System/BootTime", user(1))).to.throw(QuotaError, "too many calls");
    small.start("/hostscope.v1.System/BootTime", user(2))();
    for (let call = 0; call < 100; call++) small.start("/hostscope.v1.System/BootTime", { kind: "loopback" })();
  });

  it("count watches by caller and in all, while they are open", () => {
    const few = quotas({ watches: 3, watchesPerCaller: 2 });
    const end = few.start(WATCH, user(1));
    few.start(WATCH, user(1));
    expect(() => few.start(WATCH, user(1))).to.throw(QuotaError, "this caller has 2 watches");
    few.start("/grpc.health.v1.Health/Watch", user(2));
    expect(() => few.start(WATCH, user(3))).to.throw(QuotaError, "there are 3 watches");
    end();
    expect(few.watches).to.equal(2);
    few.start(WATCH, user(3));
    expect(counts.refused.get("watches")).to.equal(2);
  });
});
