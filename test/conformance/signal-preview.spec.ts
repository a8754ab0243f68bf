// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { FailedPrecondition, InvalidArgument } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { failureOf } from "../support/failure-of.ts";
import { machine, type Target } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import { runs } from "../support/runs.ts";
import { COUNTED, type SignalCounter, signalCounter } from "../support/signal-counter.ts";

const SIGNAL = COUNTED.first;

describeOnEveryTransport("A preview of a signal, of what one stops", (host) => {
  const targets: Target[] = [];
  afterEach(async () => {
    await Promise.all(targets.splice(0).map((each) => each.stop()));
  });

  const BOTH = ["host.previewSignal", "preview.commit"];
  itProves("shows what is meant, and its commit acts on that alone, once", BOTH, async () => {
    const mark = randomUUID();
    targets.push(await machine.target({ args: [mark] }), await machine.target({ args: [randomUUID()] }));
    const [meant, other] = targets as [Target, Target];
    const preview = await host().previewSignal({ cmdline: mark }, "SIGSTOP");
    expect(preview.matches.map(({ ref, cmdline }) => [ref?.pid, cmdline.at(-1)])).to.deep.equal([[meant.pid, mark]]);
    await runs(meant);
    const found = await preview.commit({ reason: "test" });
    expect(found.map(({ ref, outcome }) => [ref?.pid, outcome])).to.deep.equal([[meant.pid, "signalled"]]);
    await eventually(async () => expect(await meant.answers()).to.equal(false));
    await runs(other);
    const again = await preview.commit().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(again).to.be.instanceOf(FailedPrecondition).and.to.have.property("code", "preview_expired");
  });
});

describeOnEveryTransport("A preview of a signal", (host) => {
  let mark: string;
  let started: SignalCounter[] = [];
  beforeEach(() => {
    mark = randomUUID();
  });
  afterEach(async () => {
    await Promise.all(started.map((each) => each.stop()));
    started = [];
  });
  const start = async (): Promise<SignalCounter> => {
    const counter = await signalCounter(mark);
    started.push(counter);
    return counter;
  };
  const sent = async (counter: SignalCounter) => (await counter.counts()).get(SIGNAL) ?? 0;

  it("shows the one process that is meant, and its commit signals it once", async () => {
    const counter = await start();
    const preview = await host().previewSignal({ cmdline: mark }, SIGNAL);
    expect(preview).to.include({ committable: true, signal: SIGNAL });
    const [match] = preview.matches;
    expect(preview.matches).to.have.length(1);
    expect(match?.ref?.pid).to.equal(counter.pid);
    expect(match?.cmdline.at(-1)).to.equal(mark);
    expect(match?.protected).to.equal(false);
    expect(await sent(counter)).to.equal(0);
    const targets = await preview.commit({ reason: "test", operationId: mark });
    expect(targets).to.have.length(1);
    expect(targets[0]).to.deep.include({ ref: match?.ref, outcome: "signalled", guarantee: "atomic", ended: false });
    // A retry gets the answer; a second commit is refused.
    expect(await preview.commit({ reason: "test", operationId: mark })).to.deep.equal(targets);
    const again = await failureOf(preview.commit());
    expect(again).to.be.instanceOf(FailedPrecondition).and.to.have.property("code", "preview_expired");
    expect(await sent(counter)).to.equal(1);
  });

  it("gives no right to signal more than maxMatches", async () => {
    const both = [await start(), await start()];
    const narrow = await host().previewSignal({ cmdline: mark }, SIGNAL);
    expect(narrow.matches.map(({ ref }) => ref?.pid)).to.deep.equal(both.map(({ pid }) => pid).sort((a, b) => a - b));
    expect(narrow.committable).to.equal(false);
    expect(await failureOf(narrow.commit())).to.be.instanceOf(FailedPrecondition);
    const wide = await host().previewSignal({ cmdline: mark }, SIGNAL, { maxMatches: 2 });
    expect((await wide.commit()).map(({ outcome }) => outcome)).to.deep.equal(["signalled", "signalled"]);
    for (const counter of both) expect(await sent(counter)).to.equal(1);
  });

  it("is for those that it showed: not for one that came since, and one that ended is gone", async () => {
    const [first, second] = [await start(), await start()];
    const preview = await host().previewSignal({ cmdline: mark }, SIGNAL, { maxMatches: 10 });
    const third = await start();
    await first?.stop();
    const targets = await preview.commit();
    expect(new Map(targets.map(({ ref, outcome }) => [ref?.pid, outcome]))).to.deep.equal(
      new Map([
        [first.pid, "gone"],
        [second.pid, "signalled"],
      ]),
    );
    expect(await sent(third)).to.equal(0);
  });

  it("every condition must hold", async () => {
    const counter = await start();
    const subject = await host().process(counter.pid);
    const [name, username, exe] = await Promise.all([subject.name(), subject.username(), subject.exe()]);
    const pids = async (selector: object) =>
      (await host().previewSignal(selector, SIGNAL, { maxMatches: 10_000 })).matches.map(({ ref }) => ref?.pid);
    for (const selector of [{ name }, { name: basename(exe) }, { username }, { name, username, cmdline: mark }]) {
      expect(await pids(selector), JSON.stringify(selector)).to.include(counter.pid);
    }
    for (const selector of [
      { cmdline: mark, name: `${name}x` },
      { cmdline: mark, username: `${username}x` },
      { cmdline: `${mark}x` },
    ]) {
      expect(await pids(selector), JSON.stringify(selector)).to.deep.equal([]);
    }
  });

  it("marks those that no call may signal, and its commit leaves them alone", async () => {
    const preview = await host().previewSignal({ name: "kthreadd" }, SIGNAL, { maxMatches: 10_000 });
    // Where none are to be seen, as in a container, there is pid 1.
    const init = await host().process(1);
    const one = await host().previewSignal({ name: await init.name() }, SIGNAL, { maxMatches: 10_000 });
    expect(one.matches.find(({ ref }) => ref?.pid === 1)?.protected).to.equal(true);
    for (const match of preview.matches) expect(match.protected).to.equal(true);
  });

  it("refuses what could mean everybody, and impossible numbers", async () => {
    const preview = host().previewSignal.bind(host()) as (...args: unknown[]) => Promise<unknown>;
    for (const args of [
      [{}, SIGNAL],
      [{ name: undefined }, SIGNAL],
      [{ name: "" }, SIGNAL],
      [{ cmdline: "" }, SIGNAL],
      [{ nmae: "x" }, SIGNAL],
      [null, SIGNAL],
      [{ name: 5 }, SIGNAL],
      [{ name: "x" }, 0],
      [{ name: "x" }, 65],
      [{ name: "x" }, "SIGNOT"],
      [{ name: "x" }, SIGNAL, { maxMatches: 0 }],
      [{ name: "x" }, SIGNAL, { maxMatches: 10_001 }],
      [{ name: "x" }, SIGNAL, { maxMatches: 1.5 }],
    ]) {
      expect(await failureOf(preview(...args)), JSON.stringify(args)).to.be.instanceOf(InvalidArgument);
    }
  });
});
