// SPDX-License-Identifier: Apache-2.0

import { InvalidArgument, NoSuchProcess, type Process } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { machine, type Target } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import { runs } from "../support/runs.ts";

describeOnEveryTransport("A suspend lease", (host) => {
  let target: Target;
  afterEach(() => target?.stop());
  const start = async (): Promise<Process> => {
    target = await machine.target();
    return host().process(target.pid);
  };
  const stands = async () => {
    await eventually(async () => expect(await (await host().process(target.pid)).status()).to.equal("stopped"));
    expect(await target.answers()).to.equal(false);
  };

  itProves("stops the process and lets it go on when it runs out", ["Process.SuspendLeased"], async () => {
    const lease = await (await start()).suspend({ lease: 1.5, reason: "a look at it" });
    expect(lease).to.include({ changed: true, guarantee: "atomic" });
    await stands();
    expect(await lease.ended).to.equal("expired");
    await runs(target);
  });

  it("is given back by release(), by the end of its block, and by its signal", async () => {
    const subject = await start();
    const lease = await subject.suspend({ lease: 3600 });
    await lease.release();
    expect(await lease.ended).to.equal("released");
    await runs(target);
    {
      await using held = await subject.suspend({ lease: 3600 });
      expect(held.changed).to.equal(true);
      await stands();
    }
    await runs(target);
    const controller = new AbortController();
    const third = await subject.suspend({ lease: 3600, signal: controller.signal });
    controller.abort();
    expect(await third.ended).to.equal("released");
    await runs(target);
    await third.release();
  });

  it("is over when the process is resumed or ends", async () => {
    const subject = await start();
    const first = await subject.suspend({ lease: 3600 });
    await subject.resume();
    expect(await first.ended).to.equal("over");
    await runs(target);
    const second = await subject.suspend({ lease: 3600 });
    await subject.kill();
    expect(await second.ended).to.equal("over");
  });

  it("leaves stopped what was stopped before, and the last of several resumes", async () => {
    const subject = await start();
    await subject.suspend();
    await stands();
    const late = await subject.suspend({ lease: 1 });
    expect(late.changed).to.equal(false);
    expect(await late.ended).to.equal("expired");
    await stands();
    await subject.resume();
    await runs(target);
    const long = await subject.suspend({ lease: 3600 });
    const short = await subject.suspend({ lease: 1 });
    expect(await short.ended).to.equal("expired");
    await stands();
    await long.release();
    await runs(target);
  });

  it("refuses what is no lease, and a process that has ended", async () => {
    const subject = await start();
    const failure = (lease: unknown) =>
      subject.suspend({ lease: lease as number }).then(
        () => expect.fail("no error"),
        (error: unknown) => error,
      );
    for (const lease of [0, 0.05, -1, 86_401, Number.NaN, "5", null]) {
      expect(await failure(lease), String(lease)).to.be.instanceOf(InvalidArgument);
    }
    await runs(target);
    await target.stop();
    expect(await failure(5)).to.be.instanceOf(NoSuchProcess);
  });
});
