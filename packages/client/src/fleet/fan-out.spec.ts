// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { after, FakeFleet, silent, unreachable } from "../spec-support/fake-fleet.ts";
import { type Fleet, fleet } from "./fleet.ts";

describe("A call on many hosts", () => {
  let fake: FakeFleet;
  let all: Fleet | undefined;
  beforeEach(() => {
    fake = new FakeFleet();
  });
  afterEach(() => all?.close());

  it("asks no more at once than it may", async () => {
    all = fleet(
      fake.add(200, () => after(3)()),
      { open: fake.open, concurrency: 8, slowAfterMs: Number.POSITIVE_INFINITY },
    );
    expect((await all.bootTime()).every(({ status }) => status === "ok")).to.equal(true);
    expect(fake.mostBusy).to.equal(8);
  });

  it("silent hosts keep nobody waiting: they lose their place and keep their time", async () => {
    const bad = fake.add(20, silent, "bad");
    const good = fake.add(100, () => 1, "good");
    all = fleet([...bad, ...good], { open: fake.open, concurrency: 4, slowAfterMs: 20, timeoutMs: 4000 });
    const start = performance.now();
    let goodAfter = 0;
    const statuses: string[] = [];
    for await (const { target, status } of all.bootTime()) {
      statuses.push(status);
      if (target.startsWith("good")) goodAfter = performance.now() - start;
    }
    expect(statuses.slice(0, 100)).to.deep.equal(Array(100).fill("ok"));
    expect(statuses.slice(100)).to.deep.equal(Array(20).fill("deadline"));
    expect(goodAfter).to.be.below(4000);
    // Known by now, they are asked last.
    const order: string[] = [];
    for await (const { target } of all.with({ timeoutMs: 50, slowAfterMs: 1000, concurrency: 1 }).bootTime()) {
      order.push(target);
      if (order.length > 100) break;
    }
    expect(order.slice(0, 100).every((target) => target.startsWith("good"))).to.equal(true);
  });

  it("each() holds its concurrency unless told otherwise", async () => {
    const names = fake.add(6, () => 1);
    all = fleet(names, { open: fake.open, concurrency: 2 });
    let now = 0;
    let most = 0;
    await all.each(async () => {
      most = Math.max(most, ++now);
      await after(150)();
      now--;
    });
    expect(most).to.equal(2);
  });

  it("ends a host at its deadline, whether its transport knows of time or not", async () => {
    fake.set("silent", silent).set("good", () => 1);
    all = fleet(["silent", "good"], { open: fake.open, timeoutMs: 200 });
    const [slow, good] = await all.bootTime();
    expect(slow).to.have.property("status", "deadline");
    expect(good).to.have.property("status", "ok");
    const [never] = await all.each(() => new Promise(() => {}));
    expect(never).to.have.property("status", "deadline");
    const [late] = await all.bootTime({ timeoutMs: 0 });
    expect(late).to.have.property("status", "deadline");
  });

  it("opening that hangs or fails is that host's outcome", async () => {
    fake.set("good", () => 1);
    const open = (target: string) => {
      if (target === "hangs") return new Promise<never>(() => {});
      if (target === "throws") throw new Error("cannot");
      return fake.open(target);
    };
    all = fleet(["hangs", "throws", "good"], { open, timeoutMs: 300 });
    expect((await all.bootTime()).map(({ status }) => status)).to.deep.equal(["deadline", "failed", "ok"]);
  });

  it("asks no further hosts while outcomes lie unread", async () => {
    all = fleet(
      fake.add(100, () => 1),
      { open: fake.open, concurrency: 5 },
    );
    let read = 0;
    for await (const _ of all.bootTime()) {
      if (++read > 20) break;
      await after(2)();
      expect(fake.opened.length).to.be.at.most(read + 10);
    }
  });

  it("a throwing progress callback ends the call with what it threw", async () => {
    all = fleet(fake.add(3, silent).concat("dead"), {
      open: fake.open,
      onProgress: () => {
        throw new RangeError("mine");
      },
    });
    const error = await Promise.resolve(all.bootTime()).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RangeError);
  });

  it("takes 10,000 hosts of which half are not there", async function () {
    this.timeout(60_000);
    const good = fake.add(5000, () => 1, "good");
    const dead = fake.add(5000, unreachable, "dead");
    all = fleet([...good, ...dead], { open: fake.open, timeoutMs: 50_000 });
    const counts = new Map<string, number>();
    for (const { status } of await all.bootTime()) counts.set(status, (counts.get(status) ?? 0) + 1);
    expect(Object.fromEntries(counts)).to.deep.equal({ ok: 5000, unreachable: 5000 });
  });
});
