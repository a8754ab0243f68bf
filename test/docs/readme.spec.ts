// SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { FLAG_NAMES } from "../../packages/agent/src/config/flags.ts";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { runSample, SAMPLE_ADDRESS } from "../support/run-sample.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RUNNABLE = /^```ts runnable\n(.*?)^```$/gms;

const readmes = [
  "README.md",
  ...readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}/README.md`),
].filter((path) => existsSync(join(ROOT, path)));
const pages = [...readmes, "CONTRIBUTING.md", "CHANGELOG.md"];
const docs = readdirSync(join(ROOT, "docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

function samples(path: string): string[] {
  return Array.from(read(path).matchAll(RUNNABLE), ([, code = ""]) => code);
}

describe("documentation", function () {
  this.timeout(60_000);
  let agents: AgentProcess[];
  before(async () => {
    agents = await Promise.all([startAgent(), startAgent()]);
  });
  after(() => Promise.all((agents ?? []).map((agent) => agent.stop())));

  /** A sample with an agent of its own behind each address. */
  function withAgents(code: string): string {
    const addresses = [...new Set(code.match(SAMPLE_ADDRESS))].sort();
    expect(addresses.length, "addresses in a sample").to.be.at.most(agents.length);
    return code.replace(SAMPLE_ADDRESS, (address) => agents[addresses.indexOf(address)]?.target ?? address);
  }

  it("has samples in the README that run, of about ten lines: reading, acting, a live table, a fleet", () => {
    const all = samples("README.md");
    for (const call of ["open(", "previewSignal(", "processTable(", "fleet("]) {
      expect(
        all.filter((code) => code.includes(call)),
        call,
      ).not.to.have.lengthOf(0);
    }
    for (const code of all) {
      expect(code).to.include("grpc://127.0.0.1:");
      expect(code.split("\n").length, code).to.be.within(5, 18);
    }
  });

  for (const path of readmes) {
    for (const [index, code] of samples(path).entries()) {
      it(`${path}: sample ${index + 1} runs and prints something`, async () => {
        expect((await runSample(withAgents(code))).trim()).not.to.equal("");
      });
    }
  }

  it("names only npm commands that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const path of pages) {
      const text = read(path);
      const short = Array.from(text.matchAll(/\bnpm (?!run )([a-z]+)/g), ([, name = ""]) => name);
      const long = Array.from(text.matchAll(/\bnpm run ([a-z]+)/g), ([, name = ""]) => name);
      if (path === "README.md") expect(short).to.include.members(["start", "test"]);
      // npm itself has only these two without "run".
      for (const name of short) expect(["start", "test"], `${path}: npm ${name}`).to.include(name);
      for (const name of [...short, ...long]) expect(Object.keys(scripts), `${path}: npm run ${name}`).to.include(name);
    }
  });

  it("has every flag of the agent in the table of its README, and no other", () => {
    const rows = read("packages/agent/README.md").match(/^\| `--.*$/gm) ?? [];
    const table = rows.slice(0, rows.findIndex((row) => row.includes("--version")) + 1);
    const named = table.flatMap((row) =>
      Array.from(row.split(" | ")[0]?.matchAll(/--([a-z-]+)/g) ?? [], ([, name]) => name),
    );
    expect(named)
      .to.deep.equal([...new Set(named)])
      .and.to.have.members(FLAG_NAMES);
  });

  it("has every reason of a failure in the client's table of errors", () => {
    const reasons = Array.from(
      read("proto/hostscope/v1/error.proto").matchAll(/\(text\) = "(\w+)"/g),
      ([, text]) => text,
    );
    expect(reasons).to.include("no_such_process");
    const rows =
      read("packages/client/README.md")
        .match(/^\| `\w+`.*$/gm)
        ?.join("\n") ?? "";
    for (const reason of reasons) expect(rows).to.contain(`\`${reason}\``);
  });

  it("links only to files that exist, and names only folders that exist", () => {
    for (const path of [...pages, ...docs]) {
      const links = Array.from(read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g), ([, link = ""]) =>
        join(dirname(path), link),
      );
      const folders = Array.from(
        read(path).matchAll(/`((?:packages|proto|test|tools|scripts|bench)\/[\w./-]*)`/g),
        ([, name = ""]) => name,
      ).filter((name) => !name.includes("/dist/")); // made by a build
      for (const name of [...links, ...folders])
        expect(existsSync(join(ROOT, name)), `${path}: ${name}`).to.equal(true);
    }
  });
});
