// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { Cancelled, DeadlineExceeded, HostUnreachable } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { after, FakeFleet, silent, unreachable } from "../spec-support/fake-fleet.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";
import { Circuit } from "./circuit.ts";
import { Member } from "./member.ts";

describe("A member of a fleet", () => {
  let fake: FakeFleet;
  let now: number;
  let member: Member;
  beforeEach(() => {
    fake = new FakeFleet();
    now = 0;
    const circuit = new Circuit({ now: () => now, random: () => 1 });
    member = new Member({ target: "a", labels: {} }, fake.open, circuit);
  });
  afterEach(() => member.close());
  const use = (timeoutMs = 5000) =>
    member.use({ timeoutMs, signal: undefined }, (host, signal) => host.bootTime({ signal }));

  it("that is not there is left alone, its channel too, and tried again when it is time", async () => {
    fake.set("a", unreachable);
    await failureOf(use(), HostUnreachable);
    expect(member.isSuspect).to.equal(true);
    expect(fake.transports.get("a")?.closed).to.equal(1);
    const error = await failureOf(use(), HostUnreachable);
    expect(error.message).to.contain("tried again in 1.0 s");
    expect(error.cause).to.be.instanceOf(HostUnreachable);
    expect(fake.opened).to.have.length(1);
    now += 1000;
    fake.set("a", () => 5);
    expect(await use()).to.equal(5);
    expect(member.isSuspect).to.equal(false);
    expect(await use()).to.equal(5);
    expect(fake.opened).to.have.length(2);
  });

  it("that goes by another name is left alone too, whether it fails to open or later; other hosts are not it", async () => {
    const lost = (host: string) => new HostUnreachable("nobody is there", { host });
    let opening: () => Promise<Host> = async () => {
      throw lost("https://a.example:7443");
    };
    const ofOther = new Member(
      { target: "a", labels: {} },
      () => opening(),
      new Circuit({ now: () => now, random: () => 1 }),
    );
    const fail = (error: HostUnreachable) =>
      failureOf(
        ofOther.use({ timeoutMs: 5000, signal: undefined }, () => Promise.reject(error)),
        HostUnreachable,
      );
    await fail(lost("x"));
    expect(ofOther.isSuspect).to.equal(true);
    now += 60_000;
    opening = async () => createHost(new FakeTransport(), { target: "https://a.example:7443" });
    await fail(lost("x"));
    expect(ofOther.isSuspect).to.equal(false);
    await fail(lost("https://a.example:7443"));
    expect(ofOther.isSuspect).to.equal(true);
    await ofOther.close();
  });

  it("one call tries while the others are told so", async () => {
    fake.set("a", unreachable);
    await failureOf(use(), HostUnreachable);
    now += 1000;
    fake.set("a", after(30, 7));
    const first = use();
    expect((await failureOf(use(), HostUnreachable)).message).to.contain("is being tried");
    expect(await first).to.equal(7);
  });

  it("that is slow is asked last, and is no less reachable", async () => {
    fake.set("a", silent);
    await failureOf(use(20), DeadlineExceeded);
    expect(member.isSuspect).to.equal(true);
    fake.set("a", () => 1);
    expect(await use()).to.equal(1);
    expect(member.isSuspect).to.equal(false);
    expect(fake.opened).to.have.length(1);
  });

  it("that was lent stays open even if it is not there", async () => {
    fake.set("a", unreachable);
    const host = await member.lend();
    await failureOf(use(), HostUnreachable);
    expect(fake.transports.get("a")?.closed).to.equal(0);
    fake.set("a", () => 3);
    expect(await host.bootTime()).to.equal(3);
    await member.close();
    await failureOf(host.bootTime(), Cancelled);
  });

  it("that leaves ends its calls first, and takes no more", async () => {
    fake.set("a", after(30, 1));
    const call = use();
    await after(5)();
    member.leave();
    expect(fake.transports.get("a")?.closed).to.equal(0);
    expect(await call).to.equal(1);
    await after(5)();
    expect(fake.transports.get("a")?.closed).to.equal(1);
    await failureOf(use(), Cancelled);
  });
});
