// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import * as errors from "../errors.ts";
import { after } from "../spec-support/fake-fleet.ts";
import { checkWatchOptions, type WatchOptions, watchFeed } from "./watch-feed.ts";

/** What each connection does: tells these, then ends or fails. */
type Script = readonly (string | Error)[];

describe("The feed of a watch", () => {
  /** Everything that comes of a feed over connections that do as they are told; the last one is silent at its end. */
  async function collect(scripts: readonly Script[], options: WatchOptions = {}, most = 100) {
    const opened: unknown[] = [];
    let left = 0;
    const open = async function* (given: object) {
      const script = scripts[opened.push(given) - 1] ?? [];
      try {
        for (const next of script) {
          if (typeof next === "string") yield next;
          else throw next;
        }
      } finally {
        left++;
      }
    };
    const seen: string[] = [];
    let error: unknown = null;
    try {
      for await (const { message, reconnected } of watchFeed(open, options)) {
        if (seen.push(reconnected ? `${message}!` : message) === most) break;
      }
    } catch (reason) {
      error = reason;
    }
    return { seen, error, opened, left };
  }
  const lost = () => new errors.HostUnreachable("lost");

  it("goes on with a new connection, and marks its first message", async () => {
    const losses: string[] = [];
    const options = {
      onDisconnect: (error: errors.HostscopeError, ms: number) =>
        losses.push(`${error.message} ${ms >= 125 && ms <= 250}`),
    };
    const { seen, left } = await collect([["a", "b", lost()], ["c", "d"], ["e"]], options, 5);
    expect(seen).to.deep.equal(["a", "b", "c!", "d", "e!"]);
    expect(losses).to.deep.equal(["lost true", "the host ended the watch true"]);
    expect(left).to.equal(3);
  });

  it("waits longer after each try that failed, and as at first once it was connected", async () => {
    const waits: number[] = [];
    const scripts = [["a", lost()], [lost()], [lost()], ["b", lost()], ["c"]];
    await collect(scripts, { onDisconnect: (_, ms) => waits.push(ms) }, 3);
    expect(waits).to.have.length(4);
    for (const [at, most] of [250, 500, 1000, 250].entries()) expect(waits[at]).to.be.within(most / 2, most);
  });

  it("a time limit is that of the watch, however often it is connected", async () => {
    const { opened } = await collect([["a", lost()], ["b", lost()], ["c"]], { timeoutMs: 60_000 }, 3);
    const limits = opened.map((options) => (options as { timeoutMs: number }).timeoutMs);
    expect(limits[0]).to.equal(60_000);
    expect(limits[1]).to.be.within(1, 60_000 - 125);
    expect(limits[2]).to.be.within(1, (limits[1] as number) - 125);

    const { seen, error, opened: tries } = await collect([["a", lost()], ["b"]], { timeoutMs: 100 });
    expect([seen, tries.length]).to.deep.equal([["a"], 1]);
    expect(error).to.be.instanceOf(errors.DeadlineExceeded);
    expect((error as Error).cause).to.be.instanceOf(errors.HostUnreachable);
  });

  it("a first connection that fails, and reconnect: false, end it", async () => {
    expect((await collect([[lost()], ["a"]])).error).to.be.instanceOf(errors.HostUnreachable);
    const { seen, error, opened } = await collect([["a", lost()], ["b"]], { reconnect: false });
    expect(seen).to.deep.equal(["a"]);
    expect(error).to.be.instanceOf(errors.HostUnreachable);
    expect(opened).to.have.length(1);
  });

  it("ends with what a new connection would not mend", async () => {
    for (const type of [errors.PermissionDenied, errors.InvalidArgument, errors.Overloaded, errors.Cancelled]) {
      const { error, opened } = await collect([["a", new type("no")], ["b"]]);
      expect(error).to.be.instanceOf(type);
      expect(opened).to.have.length(1);
    }
  });

  it("a timeout of the caller ends it; without one, the longest is only a reason to begin anew", async () => {
    const late = () => new errors.DeadlineExceeded("late");
    const asked = await collect([["a", late()], ["b"]], { timeoutMs: 500 });
    expect(asked.error).to.be.instanceOf(errors.DeadlineExceeded);
    expect(asked.opened).to.deep.equal([{ timeoutMs: 500, signal: undefined }]);
    const { seen, opened } = await collect([["a", late()], ["b"]], {}, 2);
    expect(seen).to.deep.equal(["a", "b!"]);
    expect(opened[0]).to.have.property("timeoutMs", 86_400_000);
  });

  it("a signal ends the pause between two tries", async () => {
    const given = new AbortController();
    const running = collect([["a", lost()]], {
      signal: given.signal,
      onDisconnect: () => given.abort(new Error("enough")),
    });
    const { error } = await running;
    expect(error).to.be.instanceOf(errors.Cancelled);
  });

  it("leaving it leaves the connection", async () => {
    const { left, opened } = await collect([["a", "b", "c"]], {}, 1);
    await after(1)();
    expect([opened.length, left]).to.deep.equal([1, 1]);
  });

  it("what a callback throws ends it", async () => {
    const onDisconnect = () => {
      throw new TypeError("a defect");
    };
    expect((await collect([["a", lost()]], { onDisconnect })).error).to.be.instanceOf(TypeError);
  });
});

describe("The options of a watch", () => {
  for (const options of [
    { interval: 0 },
    { interval: -1 },
    { interval: Number.NaN },
    { interval: Number.POSITIVE_INFINITY },
    { interval: "1" },
    { interval: null },
    { reconnect: 1 },
    { onDisconnect: "x" },
  ]) {
    it(`refuse ${Object.entries(options).map(([name, value]) => `${name}: ${JSON.stringify(value) ?? value}`)}`, () => {
      expect(() => checkWatchOptions("watch", options as never)).to.throw(errors.InvalidArgument, /^watch: /);
    });
  }

  it("take what is sound", () => {
    expect(() => checkWatchOptions("watch", undefined)).not.to.throw();
    const sound = { interval: 0.25, reconnect: false, onDisconnect() {} };
    expect(() => checkWatchOptions("watch", sound)).not.to.throw();
  });
});
