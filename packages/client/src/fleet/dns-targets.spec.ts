// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { HostUnreachable, InvalidArgument, NotFound } from "../errors.ts";
import { eventually } from "../spec-support/eventually.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeFleet } from "../spec-support/fake-fleet.ts";
import { type DnsResolver, dnsTargets } from "./dns-targets.ts";
import { type Fleet, fleet } from "./fleet.ts";

const failing = (code: string) => async () => {
  throw Object.assign(new Error(`query ${code} x`), { code });
};

describe("dnsTargets", () => {
  let resolver: DnsResolver & { asked: string[] };
  let all: Fleet | undefined;
  let addresses: () => Promise<string[]>;
  beforeEach(() => {
    addresses = async () => ["127.0.0.2", "127.0.0.1"];
    resolver = {
      asked: [],
      resolve4(name) {
        this.asked.push(name);
        return addresses();
      },
      async resolveSrv(name) {
        this.asked.push(name);
        return [
          { name: "b.example", port: 2 },
          { name: "a.example.", port: 1 },
          { name: "b.example", port: 2 },
        ];
      },
    };
  });
  afterEach(() => all?.close());
  const open = new FakeFleet().open;
  const names = async () => (await all?.targets())?.map(({ target }) => target);

  it("gives a host of each address", async () => {
    const source = dnsTargets({ a: "hosts.example", port: 7443 }, { resolver, labels: { env: "prod" } });
    all = fleet(source, { open });
    expect(await all.targets()).to.deep.equal([
      { target: "https://127.0.0.1:7443", labels: { env: "prod" } },
      { target: "https://127.0.0.2:7443", labels: { env: "prod" } },
    ]);
    expect(resolver.asked).to.deep.equal(["hosts.example"]);
  });

  it("gives a host of each service record, with its port, once", async () => {
    all = fleet(dnsTargets({ srv: "_hostscope._tcp.example" }, { resolver }), { open });
    expect(await names()).to.deep.equal(["https://a.example:1", "https://b.example:2"]);
  });

  it("asks again, and keeps the last list while nobody answers", async () => {
    all = fleet(dnsTargets({ a: "x", port: 1 }, { resolver, refreshMs: 100, scheme: "grpc" }), { open });
    expect(await names()).to.deep.equal(["grpc://127.0.0.1:1", "grpc://127.0.0.2:1"]);
    addresses = failing("ESERVFAIL");
    await eventually("the failure", () => all?.targetsError !== null);
    expect(all.targetsError).to.be.instanceOf(HostUnreachable);
    expect(await names()).to.have.length(2);
    addresses = async () => ["127.0.0.9"];
    await eventually("the new list", async () => (await names())?.[0] === "grpc://127.0.0.9:1");
    expect(all.targetsError).to.equal(null);
  });

  it("a name that is not there is NotFound, and a name server that hangs runs into the deadline", async () => {
    addresses = failing("ENOTFOUND");
    all = fleet(dnsTargets({ a: "x", port: 1 }, { resolver }), { open });
    expect((await failureOf(Promise.resolve(all.bootTime()), NotFound)).message).to.contain('"x"');
    await all.close();
    addresses = () => new Promise(() => {});
    all = fleet(dnsTargets({ a: "x", port: 1 }, { resolver }), { open, timeoutMs: 50 });
    const error = await Promise.resolve(all.bootTime()).catch((reason: unknown) => reason);
    expect(error).to.have.property("code", "deadline");
    expect(error).to.have.property("message").that.contains("list of targets");
  });

  it("asks no more once the fleet is closed", async () => {
    all = fleet(dnsTargets({ a: "x", port: 1 }, { resolver, refreshMs: 100 }), { open });
    await names();
    await all.close();
    const asked = resolver.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(resolver.asked).to.have.length(asked);
  });

  it("refuses what is no query", () => {
    for (const bad of [
      null,
      "x",
      {},
      { a: "x" },
      { a: "x", port: 0 },
      { a: "", port: 1 },
      { srv: "x", port: 1 },
      { a: "x", srv: "x", port: 1 },
    ]) {
      expect(() => dnsTargets(bad as never), JSON.stringify(bad)).to.throw(InvalidArgument);
    }
    expect(() => dnsTargets({ srv: "x" }, { scheme: "http" } as never)).to.throw(InvalidArgument, "scheme");
    expect(() => dnsTargets({ srv: "x" }, { lables: {} } as never)).to.throw(InvalidArgument, "labels");
  });
});
