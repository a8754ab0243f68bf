// SPDX-License-Identifier: Apache-2.0

import { StatusCode } from "@hostscope/proto";
import { System } from "@hostscope/proto/gen/system";
import type { SystemWatchResponseSchema } from "@hostscope/proto/gen/system_watch";
import { expect } from "chai";
import * as errors from "../errors.ts";
import { eventually } from "../spec-support/eventually.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { after } from "../spec-support/fake-fleet.ts";
import { FakeStreams } from "../spec-support/fake-streams.ts";
import { type Fleet, fleet } from "./fleet.ts";
import type { TargetEntry, TargetSource, TargetsObserver } from "./targets.ts";

const load = (sequence: number, load1 = sequence) => ({
  snapshot: sequence === 1,
  sequence: BigInt(sequence),
  getloadavg: { load1, load5: 0, load15: 0 },
});

describe("A watch of a fleet", () => {
  let fake: FakeStreams<typeof SystemWatchResponseSchema>;
  let all: Fleet;
  beforeEach(() => {
    fake = new FakeStreams(System.method.watch);
  });
  afterEach(() => all.close());

  const watch = (targets: readonly TargetEntry[] | TargetSource, options = {}) => {
    all = fleet(targets, { open: fake.open });
    return all.watch({ metrics: ["getloadavg"], ...options });
  };
  type Watch = ReturnType<typeof watch>;
  const next = async (stream: Watch) => {
    const { value, done } = await stream.next();
    if (done === true || value === undefined) throw new Error("the watch has ended");
    return value;
  };

  it("tells what each host tells, under the target and labels that it was given", async () => {
    const stream = watch([{ target: "a", labels: { env: "prod" } }, "b"]);
    fake.at("b").tell(load(1, 7));
    const b = await next(stream);
    expect(b).to.deep.include({ target: "b", labels: {}, status: "ok", error: null });
    expect(b.value?.getloadavg).to.deep.equal({ load1: 7, load5: 0, load15: 0 });
    expect(b.value?.gap).to.equal(false);
    fake.at("a").tell(load(1));
    expect(await next(stream)).to.deep.include({ target: "a", labels: { env: "prod" }, status: "ok" });
  });

  it("a host that is dead or silent delays no other, and is told of", async () => {
    fake.at("dead").die();
    const stream = watch(["dead", "silent", "good"], { timeoutMs: 100 });
    fake.at("good").tell(load(1));
    const seen = new Map(
      (await Promise.all([next(stream), next(stream), next(stream)])).map((one) => [one.target, one]),
    );
    expect(seen.get("good")?.status).to.equal("ok");
    expect(seen.get("dead")).to.have.property("status", "unreachable");
    expect(seen.get("dead")).to.have.property("retryInMs").that.is.above(0);
    const silent = seen.get("silent");
    expect(silent?.status).to.equal("deadline");
    expect(silent?.error).to.be.instanceOf(errors.DeadlineExceeded).and.to.have.property("host", "silent");
    await eventually("the silent host to be tried again", () => fake.at("silent").opened > 1);
  });

  it("a host that is lost is told of, and found again with a gap", async () => {
    const stream = watch(["a"]);
    fake.at("a").tell(load(5));
    expect((await next(stream)).value?.gap).to.equal(false);
    fake.at("a").die();
    const lost = await next(stream);
    expect(lost).to.deep.include({ target: "a", status: "unreachable", value: null });
    fake.at("a").back().tell(load(1), load(2));
    let found = await next(stream);
    while (found.status !== "ok") found = await next(stream);
    expect([found.value.gap, found.value.sequence]).to.deep.equal([true, 1]);
    const { value } = await next(stream);
    expect([value?.gap, value?.sequence]).to.deep.equal([false, 2]);
  });

  it("an agent that ends the stream politely is lost as well", async () => {
    const stream = watch(["a"]);
    fake.at("a").tell(load(1)).end(null);
    expect((await next(stream)).status).to.equal("ok");
    expect(await next(stream)).to.include({ status: "unreachable", value: null });
    fake.at("a").tell(load(2));
    expect((await next(stream)).value).to.include({ gap: true, sequence: 2 });
  });

  it("what was not read is the latest of each host, with the number of those it stands for", async () => {
    const stream = watch(["a", "b"]);
    fake.at("a").tell(load(1));
    expect((await next(stream)).target).to.equal("a");
    for (let sequence = 2; sequence <= 1001; sequence++) fake.at("a").tell(load(sequence));
    fake.at("b").tell(load(1));
    // Until all have come.
    await eventually("the last message to be taken", async () => {
      await after(20)();
      return true;
    });
    const [first, second] = [await next(stream), await next(stream)];
    expect(first.target).to.equal("a");
    expect(first.value).to.include({ sequence: 1001, dropped: 999 });
    expect(first.value?.getloadavg?.load1).to.equal(1001);
    expect(second).to.include({ target: "b", status: "ok" });
  });

  it("a loss that was not read is told after what came before it, and not at all once the host is back", async () => {
    const stream = watch(["a", "b"]);
    fake.at("a").tell(load(1));
    await next(stream);
    fake.at("a").tell(load(2)).end(StatusCode.UNAVAILABLE);
    await after(20)();
    expect((await next(stream)).value?.sequence).to.equal(2);
    expect((await next(stream)).status).to.equal("unreachable");
    fake.at("a").tell(load(3)).end(null);
    await eventually("the second loss", () => fake.at("a").opened === 3);
    fake.at("a").tell(load(1));
    await after(20)();
    expect((await next(stream)).value).to.include({ sequence: 1, gap: true, dropped: 1 });
  });

  it("a request that the host cannot meet is told once, and not tried again", async () => {
    const stream = watch(["a", "b"]);
    fake.at("a").end(StatusCode.INVALID_ARGUMENT);
    expect(await next(stream)).to.include({ target: "a", status: "invalid", retryInMs: null });
    fake.at("b").end(StatusCode.PERMISSION_DENIED);
    const denied = await next(stream);
    expect(denied).to.include({ target: "b", status: "denied" });
    // It may be granted; until then it is asked rarely.
    expect(denied).to.have.property("retryInMs").that.is.within(15_000, 30_000);
  });

  it("joins hosts that appear in the list, and leaves those that go", async () => {
    let observer: TargetsObserver | undefined;
    const source: TargetSource = {
      watch(given) {
        observer = given;
        given.update(["a", { target: "b", labels: { rack: "1" } }]);
        return () => {};
      },
    };
    const stream = watch(source);
    fake.at("a").tell(load(1));
    fake.at("b").tell(load(1));
    await next(stream);
    await next(stream);
    observer?.update([{ target: "b", labels: { rack: "2" } }, "c"]);
    expect(await next(stream)).to.include({ target: "a", status: "left", retryInMs: null, value: null });
    await eventually(
      "the stream of the host that left to end",
      () => !fake.at("a").isOpen && fake.at("a").closed === 1,
    );
    fake.at("c").tell(load(1));
    expect(await next(stream)).to.include({ target: "c", status: "ok" });
    fake.at("b").tell(load(2));
    expect(await next(stream)).to.deep.include({ target: "b", labels: { rack: "2" } });
    expect(fake.at("b").opened).to.equal(1);
    observer?.update(["a", "b", "c"]);
    fake.at("a").tell(load(9));
    expect(await next(stream)).to.include({ target: "a", status: "ok" });
  });

  it("follows a selector: a host whose labels change comes in or goes out", async () => {
    let observer: TargetsObserver | undefined;
    const entries = (env: string) => [{ target: "a", labels: { env } }];
    const source: TargetSource = {
      watch(given) {
        observer = given;
        given.update(entries("dev"));
        return () => {};
      },
    };
    all = fleet(source, { open: fake.open });
    const stream = all.select({ env: "prod" }).watch({ metrics: ["getloadavg"] });
    const first = next(stream);
    fake.at("a").tell(load(1));
    await after(20)();
    expect(fake.at("a").opened).to.equal(0);
    observer?.update(entries("prod"));
    expect((await first).target).to.equal("a");
    observer?.update(entries("dev"));
    expect((await next(stream)).status).to.equal("left");
  });

  it("leaving the loop ends every stream; a signal does, too, with Cancelled", async () => {
    const stream = watch(["a", "b"]);
    fake.at("a").tell(load(1));
    await next(stream);
    await eventually("both streams", () => fake.at("a").isOpen && fake.at("b").isOpen);
    await stream.return();
    await eventually("their end", () => !fake.at("a").isOpen && !fake.at("b").isOpen);
    const given = new AbortController();
    const second = all.watch({ metrics: ["getloadavg"], signal: given.signal });
    const waiting = next(second as Watch);
    await eventually("both streams again", () => fake.at("a").isOpen && fake.at("b").isOpen);
    given.abort(new Error("enough"));
    expect((await failureOf(waiting, errors.Cancelled)).cause).to.have.property("message", "enough");
    await eventually("their end", () => !fake.at("a").isOpen && !fake.at("b").isOpen);
    await failureOf(next(all.watch({ metrics: ["getloadavg"], signal: given.signal }) as Watch), errors.Cancelled);
    expect([fake.at("a").isOpen, fake.at("b").isOpen]).to.deep.equal([false, false]);
  });

  it("close() ends it", async () => {
    const waiting = next(watch(["a"]));
    await eventually("the stream", () => fake.at("a").isOpen);
    await all.close();
    await failureOf(waiting, errors.Cancelled);
    await eventually("its end", () => !fake.at("a").isOpen);
  });

  it("begins with so many hosts at once, and slow ones make room", async () => {
    const names = Array.from({ length: 30 }, (_, at) => `host${at}`);
    all = fleet(names, { open: fake.open, concurrency: 2, slowAfterMs: 30 });
    const stream = all.watch({ metrics: ["getloadavg"] });
    const first = stream.next();
    await eventually("two streams", () => fake.at("host1").isOpen);
    expect(fake.at("host2").opened).to.equal(0);
    fake.at("host29").tell(load(1));
    expect((await first).value).to.include({ target: "host29", status: "ok" });
    await stream.return();
  });

  it("a watch and a call share one connection, and what is known of the host", async () => {
    let opened = 0;
    all = fleet(["a"], {
      open: (target) => {
        opened++;
        return fake.open(target);
      },
    });
    const one = all.watch({ metrics: ["getloadavg"] });
    const two = all.watch({ metrics: ["getloadavg"] });
    const both = Promise.all([one.next(), two.next()]);
    await eventually("two streams", () => fake.at("a").opened === 2);
    expect(opened).to.equal(1);
    await all.close();
    await failureOf(both, errors.Cancelled);
  });

  it("refuses at once what is wrong on every host", () => {
    all = fleet(["a"], { open: fake.open });
    const wrong: (() => unknown)[] = [
      () => all.watch(undefined as never),
      () => all.watch({ metrics: [] }),
      () => all.watch({ metrics: ["cpuPercnt" as "cpuPercent"] }),
      () => all.watch({ metrics: ["cpuPercent"], reconnect: false } as never),
      () => all.watch({ metrics: ["cpuPercent"], onDisconnect() {} } as never),
      () => all.watch({ metrics: ["cpuPercent"], timeoutMs: 0 }),
      () => all.watch({ metrics: ["cpuPercent"], interval: 0 }),
      () => all.watchSensors({ metrics: ["cpuPercent" as "sensorsFans"] }),
      () => all.watchProcesses({ attrs: ["nam" as "name"] }),
      () => all.watchProcesses({ limit: 5 }),
      () => all.watchProcesses(5 as never),
    ];
    for (const call of wrong) expect(call, String(call)).to.throw(errors.InvalidArgument);
    expect(fake.at("a").opened).to.equal(0);
  });
});
