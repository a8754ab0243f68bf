// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import * as errors from "../errors.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { after, FakeFleet, silent, unreachable } from "../spec-support/fake-fleet.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";
import type { FleetProgress } from "./fan-out.ts";
import { type Fleet, fleet } from "./fleet.ts";

const fails = (code: StatusCode) => () => {
  throw new StatusError(code, "no");
};

describe("A fleet", () => {
  let fake: FakeFleet;
  let all: Fleet | undefined;
  beforeEach(() => {
    fake = new FakeFleet();
  });
  afterEach(() => all?.close());

  it("gives an outcome of each host, in the order of the targets when awaited", async () => {
    fake.set("slow", after(40, 1)).set("quick", () => 2);
    all = fleet(["slow", { target: "quick", labels: { env: "prod" } }, "dead"], { open: fake.open });
    const outcomes = await all.bootTime();
    expect(outcomes.map(({ target, labels, status, value }) => ({ target, labels, status, value }))).to.deep.equal([
      { target: "slow", labels: {}, status: "ok", value: 1 },
      { target: "quick", labels: { env: "prod" }, status: "ok", value: 2 },
      { target: "dead", labels: {}, status: "unreachable", value: null },
    ]);
    expect(outcomes[2]?.error).to.be.instanceOf(errors.HostUnreachable).and.to.have.property("host", "dead");
    expect(outcomes[0]?.elapsedMs).to.be.greaterThan(30);
    expect(outcomes[0]?.error).to.equal(null);
  });

  it("gives each as it comes in a loop", async () => {
    fake.set("slow", after(60, 1)).set("quick", () => 2);
    all = fleet(["slow", "quick"], { open: fake.open });
    const seen: string[] = [];
    for await (const { target } of all.bootTime()) seen.push(target);
    expect(seen).to.deep.equal(["quick", "slow"]);
  });

  const statuses: [StatusCode, string, abstract new (...args: never[]) => Error][] = [
    [StatusCode.UNAVAILABLE, "unreachable", errors.HostUnreachable],
    [StatusCode.DEADLINE_EXCEEDED, "deadline", errors.DeadlineExceeded],
    [StatusCode.PERMISSION_DENIED, "denied", errors.PermissionDenied],
    [StatusCode.UNAUTHENTICATED, "denied", errors.Unauthenticated],
    [StatusCode.UNIMPLEMENTED, "unsupported", errors.VersionSkew],
    [StatusCode.RESOURCE_EXHAUSTED, "overloaded", errors.Overloaded],
    [StatusCode.INVALID_ARGUMENT, "invalid", errors.InvalidArgument],
    [StatusCode.INTERNAL, "failed", errors.InternalError],
  ];
  for (const [code, status, type] of statuses) {
    it(`a host that fails with status ${code} is "${status}"`, async () => {
      fake.set("bad", fails(code)).set("good", () => 1);
      all = fleet(["bad", "good"], { open: fake.open });
      const [bad, good] = await all.bootTime();
      expect(bad).to.have.property("status", status);
      expect(bad?.error).to.be.instanceOf(type);
      expect(good).to.have.property("status", "ok");
    });
  }

  it("asks nothing until it is awaited, and once however often", async () => {
    fake.set("a", () => 1);
    all = fleet(["a"], { open: fake.open });
    const answer = all.bootTime();
    await after(5)();
    expect(fake.opened).to.deep.equal([]);
    const outcomes = await answer;
    expect(await answer).to.equal(outcomes);
    for await (const outcome of answer) expect(outcome).to.equal(outcomes[0]);
    expect(fake.asked("a")).to.equal(1);
    const looped = all.bootTime();
    for await (const _ of looped);
    expect((await failureOf(looped as never, errors.InvalidArgument)).message).to.contain("already read");
  });

  it("opens one host once, and only those it needs", async () => {
    fake.set("a", () => 1).set("b", () => 1);
    all = fleet([{ target: "a", labels: { env: "prod" } }, "b"], { open: fake.open });
    await Promise.all([all.select({ env: "prod" }).bootTime(), all.select({ env: "prod" }).bootTime()]);
    expect(fake.opened).to.deep.equal(["a"]);
    await all.bootTime();
    expect(fake.opened).to.deep.equal(["a", "b"]);
  });

  it("selects by labels: all of them, one of several values, or by a function", async () => {
    const target = (name: string, env: string, rack: string) => ({ target: name, labels: { env, rack } });
    const hosts = fleet([target("a", "prod", "1"), target("b", "prod", "2"), target("c", "dev", "1"), "d"], {
      open: fake.open,
    });
    all = hosts;
    const names = async (some: Fleet) => (await some.targets()).map((one) => one.target).join("");
    expect(await names(hosts.select({ env: "prod", rack: "1" }))).to.equal("a");
    expect(await names(hosts.select({ env: ["prod", "dev"] }).select({ rack: "1" }))).to.equal("ac");
    expect(await names(hosts.select((labels, name) => labels.env === undefined || name === "c"))).to.equal("cd");
    expect(await names(hosts.select({ toString: "x" }))).to.equal("");
    expect(await hosts.select({ env: "none" }).bootTime()).to.deep.equal([]);
    for (const bad of [null, "prod", 5, { env: 5 }, { env: [/x/] }]) {
      expect(() => hosts.select(bad as never), JSON.stringify(bad)).to.throw(errors.InvalidArgument);
    }
  });

  it("throws for arguments that are wrong on every host, without asking one", async () => {
    fake.set("a", () => 1);
    const hosts = fleet(["a"], { open: fake.open });
    all = hosts;
    const wrong: (() => PromiseLike<unknown>)[] = [
      () => hosts.bootTime({ timeoutMS: 5 } as never),
      () => hosts.bootTime(5 as never),
      () => hosts.cpuPercent({ interval: -1 }),
      () => hosts.pidExists("1" as never),
      () => hosts.processList({ attrs: ["nam"] as never }),
      () => hosts.bootTime({ timeoutMs: Number.NaN }),
    ];
    for (const call of wrong) await failureOf(Promise.resolve(call()), errors.InvalidArgument);
    expect(fake.opened).to.deep.equal([]);
  });

  it("tells how far it is after each host", async () => {
    const seen: FleetProgress[] = [];
    fake.set("a", () => 1);
    all = fleet(["a", "dead"], { open: fake.open, onProgress: (progress) => seen.push(progress) });
    await all.bootTime();
    expect(seen.map(({ total, done }) => [total, done])).to.deep.equal([
      [2, 1],
      [2, 2],
    ]);
    expect(seen[1]?.ok).to.equal(1);
  });

  it("a signal ends the call with outcomes that say so; leaving the loop cancels the rest", async () => {
    fake.set("a", () => 1).set("b", silent);
    all = fleet(["a", "b"], { open: fake.open });
    const given = new AbortController();
    setTimeout(() => given.abort(new Error("enough")), 30);
    const [a, b] = await all.bootTime({ signal: given.signal });
    expect([a?.status, b?.status]).to.deep.equal(["ok", "cancelled"]);
    expect(b?.error?.cause).to.have.property("message", "enough");
    for await (const _ of all.bootTime()) break;
    await after(5)();
    expect(fake.transports.get("b")?.calls.map(({ cancelled }) => cancelled)).to.deep.equal([true, true]);
  });

  it("each() does any work, with the host's labels, and takes what it throws for that host's outcome", async () => {
    fake.set("a", () => 1).set("b", () => 2);
    all = fleet(["a", { target: "b", labels: { env: "prod" } }], { open: fake.open });
    const [a, b] = await all.each(async (host, { target, labels, signal }) => {
      if (target === "a") throw new TypeError("a defect");
      return [await host.bootTime({ signal }), labels.env];
    });
    expect(a).to.include({ status: "failed", value: null });
    expect(a?.error?.cause).to.be.instanceOf(TypeError);
    expect(b).to.have.deep.property("value", [2, "prod"]);
    expect(() => all?.each(5 as never)).to.throw(errors.InvalidArgument);
  });

  it("processes() merges rows; a host that fails costs an outcome", async () => {
    const processes = new FakeProcesses().set(1, { name: "init" }).set(2, { name: "sh" }).set(3, { name: "sh" });
    const open = (target: string) =>
      target === "bad"
        ? createHost(new FakeProcesses().onStream(Process.method.list, unreachable as never), { target })
        : createHost(processes, { target });
    all = fleet([{ target: "good", labels: { env: "prod" } }, "bad"], { open });
    const rows = all.processes({ attrs: ["name"] });
    const seen: unknown[] = [];
    for await (const { target, labels, process } of rows)
      seen.push([target, labels.env, process.ref.pid, process.name]);
    expect(seen).to.deep.equal([
      ["good", "prod", 1, "init"],
      ["good", "prod", 2, "sh"],
      ["good", "prod", 3, "sh"],
    ]);
    expect(rows.outcomes.map(({ target, status }) => [target, status])).to.have.deep.members([
      ["good", "ok"],
      ["bad", "unreachable"],
    ]);
    expect(rows.outcomes.find(({ status }) => status === "ok")?.value).to.include({ rows: 3, vanished: 2 });
  });

  it("host() gives the host itself, with its connection", async () => {
    fake.set("a", () => 1);
    all = fleet(["a"], { open: fake.open });
    await all.bootTime();
    expect(await (await all.host("a")).bootTime()).to.equal(1);
    expect(fake.opened).to.deep.equal(["a"]);
    await failureOf(all.host("b"), errors.NotFound);
  });

  it("close() closes every host; calls in progress are cancelled, later ones fail", async () => {
    fake.set("a", silent).set("b", () => 1);
    all = fleet(["a", "b"], { open: fake.open });
    const answer = all.bootTime().then((outcomes) => outcomes);
    await after(20)();
    await all.close();
    expect((await answer).map(({ status }) => status)).to.deep.equal(["cancelled", "ok"]);
    expect([...fake.transports.values()].map(({ closed }) => closed)).to.deep.equal([1, 1]);
    await failureOf(Promise.resolve(all.bootTime()), errors.Cancelled);
    await all.close();
  });
});

describe("A fleet's arguments", () => {
  it("none at all is a fleet without outcomes", async () => {
    await using all = fleet([]);
    expect(await all.bootTime()).to.deep.equal([]);
    expect(await all.targets()).to.deep.equal([]);
    for await (const _ of all.processes()) expect.fail("a process of nobody");
  });

  it("refuses the same host twice, however it is spelt", () => {
    expect(() => fleet(["grpc://127.0.0.1:1", "grpc://127.0.0.1:1"])).to.throw(errors.InvalidArgument, "twice");
    expect(() => fleet(["grpc://localhost:1", { target: "grpc://LOCALHOST:1/", labels: { a: "b" } }])).to.throw(
      errors.InvalidArgument,
      'stands twice in the list (as "grpc://localhost:1" too)',
    );
  });

  it("refuses what is no target before anything is dialled", () => {
    for (const bad of ["", "x", "grpc://10.0.0.1:1", 5, null, {}, { target: 5 }, { target: "local:", labels: "x" }]) {
      expect(() => fleet([bad as never]), JSON.stringify(bad)).to.throw(errors.InvalidArgument);
    }
    expect(() => fleet([{ target: "local:", labels: { a: 5 as never } }])).to.throw(errors.InvalidArgument, "label");
    for (const bad of [null, undefined, "local:", 5, {}]) {
      expect(() => fleet(bad as never)).to.throw(errors.InvalidArgument, "list of targets");
    }
  });

  it("refuses more than 10,000 hosts, and takes 10,000", async () => {
    const many = Array.from({ length: 10_001 }, (_, at) => `grpc://127.0.${at >> 8}.${at & 255}:1`);
    expect(() => fleet(many)).to.throw(errors.InvalidArgument, "10000");
    await using all = fleet(many.slice(1));
    expect(await all.targets()).to.have.length(10_000);
  });

  for (const options of [
    { concurrency: 0 },
    { concurrency: 1.5 },
    { concurrency: 10_001 },
    { slowAfterMs: 0 },
    { slowAfterMs: Number.NaN },
    { onProgress: 5 },
    { open: "x" },
    { onSourceError: {} },
    { concurency: 5 },
    { timeoutMs: Number.POSITIVE_INFINITY },
    { signal: {} },
  ]) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => fleet([], options as never)).to.throw(errors.InvalidArgument);
    });
  }

  it("with() takes those of calls alone", async () => {
    await using all = fleet([]);
    expect(() => all.with({ open: () => {} } as never)).to.throw(errors.InvalidArgument, "open");
    expect(await all.with({ concurrency: 1 }).bootTime()).to.deep.equal([]);
  });
});
