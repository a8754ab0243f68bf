// SPDX-License-Identifier: Apache-2.0

import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { type HostscopeError, InvalidArgument, NotFound } from "../errors.ts";
import { eventually } from "../spec-support/eventually.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeFleet } from "../spec-support/fake-fleet.ts";
import { fileTargets } from "./file-targets.ts";
import { type Fleet, fleet } from "./fleet.ts";

const YAML = `
# hosts of the shop
- targets: ['127.0.0.1:1', "127.0.0.1:2"]
  labels: &shop
    env: prod
    rack: 07
    tier: on
- targets:
    - 127.0.0.1:3
  labels: { <<: *shop, env: dev, empty: }
`;

describe("fileTargets", () => {
  let folder: string;
  let path: string;
  let all: Fleet;
  let failures: HostscopeError[];
  let fake: FakeFleet;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-sd-"));
    path = join(folder, "hosts.yml");
    failures = [];
    fake = new FakeFleet();
  });
  afterEach(async () => {
    await all?.close();
    rmSync(folder, { recursive: true });
  });
  const watchFile = (file = path, refreshMs = 60_000) => {
    all = fleet(fileTargets(file, { refreshMs }), { open: fake.open, onSourceError: (error) => failures.push(error) });
    return all;
  };
  const names = async () => (await all.targets()).map(({ target }) => target.slice(-1)).join("");
  const json = (...ports: number[]) => JSON.stringify([{ targets: ports.map((port) => `127.0.0.1:${port}`) }]);
  /** The way to change a file that somebody reads. */
  const replace = (text: string, file = path) => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };

  it("reads YAML, where every value is a text", async () => {
    writeFileSync(path, YAML);
    const shop = { env: "prod", rack: "07", tier: "on" };
    expect(await watchFile().targets()).to.deep.equal([
      { target: "grpc://127.0.0.1:1", labels: shop },
      { target: "grpc://127.0.0.1:2", labels: shop },
      { target: "grpc://127.0.0.1:3", labels: { ...shop, env: "dev" } },
    ]);
  });

  it("takes the first of several entries for one host, as one for each exporter there", async () => {
    writeFileSync(path, "- targets: [db1:9100]\n  labels: { a: b }\n- targets: [db1:9256, db2:9100]");
    all = fleet(fileTargets(path, { port: 7443 }), { open: fake.open });
    expect(await all.targets()).to.deep.equal([
      { target: "grpc://db1:7443", labels: { a: "b" } },
      { target: "grpc://db2:7443", labels: {} },
    ]);
  });

  it("reads JSON, and an empty YAML file as no hosts", async () => {
    const file = join(folder, "hosts.json");
    writeFileSync(file, json(1, 2));
    watchFile(file);
    expect(await names()).to.equal("12");
    await all.close();
    writeFileSync(path, "# none yet\n");
    expect(await watchFile().targets()).to.deep.equal([]);
  });

  it("follows the file: who stays keeps the connection, who leaves loses it", async () => {
    fake.set("grpc://127.0.0.1:1", () => 1).set("grpc://127.0.0.1:2", () => 1);
    replace(json(1, 2));
    watchFile();
    await all.bootTime();
    replace(json(2, 3));
    await eventually("the new list", async () => (await names()) === "23");
    expect(fake.transports.get("grpc://127.0.0.1:1")?.closed).to.equal(1);
    await all.bootTime();
    expect(fake.opened.filter((target) => target.endsWith(":2"))).to.have.length(1);
    expect(fake.transports.get("grpc://127.0.0.1:2")?.closed).to.equal(0);
  });

  it("loses nobody while the file is written over, step by step", async () => {
    const lines = [1, 2, 3, 4].map((port) => `- targets: ["127.0.0.1:${port}"]\n`);
    writeFileSync(path, lines.join(""));
    watchFile();
    expect(await names()).to.equal("1234");
    const seen = new Set<string>();
    const looking = setInterval(() => void names().then((now) => seen.add(now)), 5);
    try {
      // A step each 60 ms: every part of it is a list by itself, and so is the empty file.
      writeFileSync(path, "");
      for (const line of [...lines.slice(1), "- targets: ['127.0.0.1:5']\n"]) {
        await sleep(60);
        appendFileSync(path, line);
      }
      await eventually("the new list", async () => (await names()) === "2345");
    } finally {
      clearInterval(looking);
    }
    expect([...seen].filter((now) => now !== "1234" && now !== "2345")).to.deep.equal([]);
    expect(failures).to.deep.equal([]);
  });

  it("follows a link to a folder that is switched, as container platforms do it", async () => {
    for (const [version, ports] of [["1", [1]] as const, ["2", [2]] as const]) {
      mkdirSync(join(folder, `..${version}`));
      writeFileSync(join(folder, `..${version}`, "hosts.yml"), json(...ports));
    }
    symlinkSync("..1", join(folder, "..data"));
    symlinkSync(join("..data", "hosts.yml"), path);
    watchFile();
    expect(await names()).to.equal("1");
    symlinkSync("..2", join(folder, "..data_new"));
    renameSync(join(folder, "..data_new"), join(folder, "..data"));
    await eventually("the new list", async () => (await names()) === "2");
  });

  it("reads again after a while even if nothing tells of a change", async () => {
    const late = join(folder, "later", "hosts.json");
    watchFile(late, 100);
    const error = await failureOf(all.targets(), NotFound);
    expect(error.message).to.contain(late);
    expect(all.targetsError).to.equal(error);
    mkdirSync(join(folder, "later"));
    writeFileSync(late, json(5));
    await eventually("the list", async () => (await all.targets().catch(() => [])).length === 1);
    expect(all.targetsError).to.equal(null);
  });

  for (const [what, text] of [
    ["wrong YAML", "- targets: ['127.0.0.1:1'"],
    ["another format", "targets: [127.0.0.1:1]"],
    ["a key twice", "- targets: ['127.0.0.1:1']\n  targets: []"],
    ["an alias that is nothing", "- *nobody"],
    [
      "an alias bomb",
      `- &a [x,x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g", "h"].map((name, at) => `- &${name} [${Array(10).fill(`*${"abcdefg"[at]}`)}]`).join("\n")}`,
    ],
    ["too many hosts", `- targets: [${Array.from({ length: 10_001 }, (_, at) => `'h:${at}'`)}]`],
  ] as const) {
    it(`${what}: the last good list stands, and why is told`, async () => {
      replace(json(1));
      watchFile();
      expect(await names()).to.equal("1");
      replace(text);
      await eventually("the failure", () => failures.length > 0);
      expect(failures[0]).to.be.instanceOf(InvalidArgument);
      expect(all.targetsError).to.equal(failures[0]);
      expect(await names()).to.equal("1");
      replace(json(2));
      await eventually("the next list", async () => (await names()) === "2");
      expect(all.targetsError).to.equal(null);
    });
  }

  it("a target that cannot be dialled costs itself and no other", async () => {
    writeFileSync(path, "- targets: ['10.0.0.1:1', nonsense, '127.0.0.1:1']");
    all = fleet(fileTargets(path), { timeoutMs: 5000 });
    expect((await all.bootTime()).map(({ status }) => status)).to.deep.equal(["invalid", "invalid", "unreachable"]);
  });

  it("a folder in its place, or a far too big file, is refused", async () => {
    mkdirSync(path);
    await failureOf(watchFile().targets(), InvalidArgument);
  });

  it("refuses paths and options that cannot be right", () => {
    for (const bad of ["hosts.txt", "hosts", "", 5, null]) {
      expect(() => fileTargets(bad as never)).to.throw(InvalidArgument, ".json");
    }
    for (const options of [{ port: 0 }, { port: 1.5 }, { refreshMs: 1 }, { refreshMs: Number.NaN }, { prot: 1 }]) {
      expect(() => fileTargets("a.json", options as never), JSON.stringify(options)).to.throw(InvalidArgument);
    }
  });
});
