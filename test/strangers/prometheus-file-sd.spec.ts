// SPDX-License-Identifier: Apache-2.0

import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createHost, type FleetTarget, fileTargets, fleet, type Transport } from "@hostscope/client";
import { expect } from "chai";
import { requireOracle } from "../support/oracle.ts";

const isThere = (program: string) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;

const YAML = `
- targets: ['127.0.0.1:1', "db7.example:7443"]
  labels: &shop
    env: prod
    rack: 07
    tier: on
    nothing:
    date: 2026-01-02
    number: 1e3
    text: "yes"
- targets:
    - '[::1]:7443'
    - a
  labels: { <<: *shop, zone: 'd e v', __meta_secret: x, __scheme__: https }
- targets: []
- targets: [alone:1]
`;
const JSON_TEXT = JSON.stringify([{ targets: ["j:1"], labels: { env: "prod" } }]);

/** Files and whether they are one in this format. Where we are stricter on purpose, there is no case. */
const CASES = [
  "- targets: ['a:1']",
  "",
  "# nothing",
  "- targets: ['a:1'",
  "targets: [a:1]",
  "- targets: []",
  "- {}",
  "-",
  "- null",
  "- targets:",
  "- targets: [5]",
  "- targets: [a:1]\n  labels:",
  "- targets: [a:1]\n  labels: {rack: 07, on: yes, e: }",
  "- targets: [a:1]\n  labels: {a: [1]}",
  "- targets: [a:1]\n  lables: {}",
  "- targets: [a:1]\n  targets: [b:1]",
  "- targets: [a:1]\n  labels: {a: b, a: c}",
  "- [a:1]",
  "- targets: a:1",
  "- targets: [a:1]\n\tlabels: {}",
];

/** Never asked anything. */
const nobody = {} as Transport;

async function ours(path: string): Promise<FleetTarget[]> {
  const all = fleet(fileTargets(path), { open: (target) => createHost(nobody, { target }) });
  try {
    return await all.targets();
  } finally {
    await all.close();
  }
}

describe("Prometheus's own reading of its file_sd format", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-prometheus-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const config = (...files: string[]) => {
    const text = `global: { scrape_interval: 1h }
scrape_configs: [{ job_name: x, file_sd_configs: [{ files: ${JSON.stringify(files)} }] }]\n`;
    writeFileSync(join(folder, "prometheus.yml"), text);
    return join(folder, "prometheus.yml");
  };

  it("takes and refuses the same files", async function () {
    requireOracle.call(this, "promtool", isThere("promtool"));
    const file = join(folder, "hosts.yml");
    const check = () =>
      promisify(execFile)("promtool", ["check", "config", config(file)]).then(
        () => true,
        () => false,
      );
    for (const text of CASES) {
      writeFileSync(file, text);
      const isGood = await ours(file).then(
        () => true,
        () => false,
      );
      expect(isGood, JSON.stringify(text)).to.equal(await check());
    }
  });

  it("finds the same addresses with the same labels", async function () {
    requireOracle.call(this, "prometheus", isThere("prometheus"));
    const files = [join(folder, "hosts.yml"), join(folder, "hosts.json")] as const;
    writeFileSync(files[0], YAML);
    writeFileSync(files[1], JSON_TEXT);
    const found = [...(await ours(files[0])), ...(await ours(files[1]))].map(({ target, labels }) => ({
      address: target.replace(/^\w+:\/\//, ""),
      labels,
    }));
    expect(found).to.have.length(6);
    expect(sorted(await theirs(config(...files), folder, found.length))).to.deep.equal(sorted(found));
  });
});

interface Found {
  readonly address: string;
  readonly labels: Record<string, string>;
}

function sorted(found: readonly Found[]): Found[] {
  return [...found].sort((a, b) => a.address.localeCompare(b.address));
}

/** What a running Prometheus has found, once it is as much as expected. */
async function theirs(config: string, folder: string, count: number): Promise<Found[]> {
  const port = await freePort();
  const flags = [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${port}`];
  const child = spawn("prometheus", [...flags, `--storage.tsdb.path=${join(folder, "data")}`], { stdio: "ignore" });
  const ended = once(child, "exit");
  try {
    const end = Date.now() + 30_000;
    for (;;) {
      const found = await targetsAt(port).catch(() => []);
      if (found.length >= count) return found;
      if (Date.now() > end) throw new Error(`Prometheus has found ${found.length} of ${count} targets`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

async function targetsAt(port: number): Promise<Found[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/targets?state=active`);
  const { data } = (await answer.json()) as { data: { activeTargets: { discoveredLabels: Record<string, string> }[] } };
  return data.activeTargets.map(({ discoveredLabels }) => ({
    address: discoveredLabels.__address__ ?? "",
    labels: Object.fromEntries(
      Object.entries(discoveredLabels).filter(([name]) => !name.startsWith("__") && name !== "job"),
    ),
  }));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
