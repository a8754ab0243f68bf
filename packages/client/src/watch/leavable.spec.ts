// SPDX-License-Identifier: Apache-2.0

import { Readable } from "node:stream";
import { Process } from "@hostscope/proto/gen/process";
import { WatchKind } from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import { Cancelled, HostUnreachable } from "../errors.ts";
import { fleet } from "../fleet/fleet.ts";
import { eventually } from "../spec-support/eventually.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeStreams } from "../spec-support/fake-streams.ts";
import { leavable } from "./leavable.ts";

describe("A generator that can be left", () => {
  const done = { done: true, value: undefined };
  /** Gives 1 and 2, then waits for its signal. */
  const silent = (signal?: AbortSignal) => {
    const seen = { left: false };
    const values = leavable({ signal }, async function* (given) {
      try {
        yield 1;
        yield 2;
        await new Promise((_, reject) => given.signal.addEventListener("abort", () => reject(new Cancelled("left"))));
      } finally {
        seen.left = true;
      }
    });
    return { values, seen };
  };

  it("ends at once while it waits: for who waits for the next value too", async () => {
    const { values, seen } = silent();
    expect([await values.next(), await values.next()].map(({ value }) => value)).to.deep.equal([1, 2]);
    const waiting = values.next();
    expect(await values.return()).to.deep.equal(done);
    expect(await waiting).to.deep.equal(done);
    expect(await values.next()).to.deep.equal(done);
    expect(seen.left).to.equal(true);
  });

  it("ends with what is thrown into it, at the end of a block, and before it began", async () => {
    const { values, seen } = silent();
    await values.next();
    const thrown = new HostUnreachable("mine");
    expect(await failureOf(values.throw(thrown), HostUnreachable)).to.equal(thrown);
    expect(seen.left).to.equal(true);
    const disposed = silent();
    await disposed.values.next();
    await disposed.values[Symbol.asyncDispose]();
    expect(disposed.seen.left).to.equal(true);
    const unread = silent();
    expect(await unread.values.return()).to.deep.equal(done);
    expect(await unread.values.next()).to.deep.equal(done);
  });

  it("fails as before where its caller's signal ends it", async () => {
    const given = new AbortController();
    const { values } = silent(given.signal);
    await values.next();
    await values.next();
    const waiting = failureOf(values.next(), Cancelled);
    given.abort();
    await waiting;
  });

  it("is what watches are: one whose host is away dials no more", async () => {
    const fake = new FakeStreams(Process.method.watch);
    const a = fake.at("a").tell({ kind: WatchKind.SNAPSHOT, sequence: 1n });
    await using all = fleet(["a"], { open: fake.open });
    for (const watch of [fake.open("a").watchProcesses(), all.watchProcesses()]) {
      const stream = Readable.from(watch);
      await new Promise((resolve) => stream.once("data", resolve));
      a.die();
      const { refused } = a;
      await eventually("a try", () => a.refused > refused);
      stream.destroy();
      await new Promise((resolve) => stream.once("close", resolve));
      const tries = a.refused;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(a.refused).to.equal(tries);
      a.back().tell({ kind: WatchKind.SNAPSHOT, sequence: 1n });
    }
  });
});
