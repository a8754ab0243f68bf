// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { isInstalled, type ListeningProgram, startListening } from "../support/listening-program.ts";
import { type MetricsAgent, startMetricsAgent } from "../support/metrics-agent.ts";
import { type Metrics, metricValue, readMetrics, readTypes, type Series } from "../support/metrics-text.ts";
import { requireOracle } from "../support/oracle.ts";
import { findPython } from "../support/python.ts";

const OPENMETRICS = { accept: "application/openmetrics-text; version=1.0.0" };

/** node_exporter's own names, which promtool finds fault with in node_exporter, too. */
const INHERITED = ["MemAvailable", "MemFree", "MemTotal", "SwapFree", "SwapTotal"].map(
  (field) => `node_memory_${field}_bytes metric names should be written in 'snake_case' not 'camelCase'`,
);

function promtool(text: string): { code: number | null; complaints: string[] } {
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
  return { code: status, complaints: `${stdout}${stderr}`.split("\n").filter((line) => line !== "") };
}

describe("/metrics, as others read it", function () {
  this.timeout(90_000);
  let agent: MetricsAgent;

  before(async () => {
    agent = await startMetricsAgent();
  });
  after(() => agent?.stop());

  it("passes promtool check metrics, but for names that are node_exporter's", async function () {
    requireOracle.call(this, "promtool (Debian: prometheus)", isInstalled("promtool"));
    const text = await agent.scrape();
    expect(promtool(text).complaints).to.have.members(INHERITED);
    const ours = text.split("\n").filter((line) => !/\bnode_memory_(Mem|Swap)/.test(line));
    expect(promtool(ours.join("\n"))).to.deep.equal({ code: 0, complaints: [] });
    expect(promtool(`${text}junk{\n`).code).not.to.equal(0);
  });

  it("is OpenMetrics to Prometheus's own Python reader, with the same series", async function () {
    const python = findPython(["prometheus_client.openmetrics.parser"]);
    requireOracle.call(this, "python3-prometheus-client", python !== null);
    const program = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
families = list(read(sys.stdin.read()))
print(json.dumps([[f.type, s.name, s.labels, s.value] for f in families for s in f.samples]))
`;
    const text = await agent.scrape(OPENMETRICS);
    const { stdout, stderr, status } = spawnSync(python ?? "", ["-c", program], { input: text, encoding: "utf8" });
    expect(status, stderr).to.equal(0);
    const samples = JSON.parse(stdout) as [string, string, Record<string, string>, number][];
    const own = [...readMetrics(text)].flatMap(([name, series]) => series.map((one) => ({ name, ...one })));
    expect(samples.map(([, name, labels, value]) => ({ name, labels, value }))).to.deep.equal(own);
    const types = new Set(samples.map(([type]) => type));
    expect([...types]).to.have.members(["counter", "gauge", "info"]);
  });

  it("has node_exporter's names, types, labels and values", async function () {
    requireOracle.call(this, "prometheus-node-exporter", isInstalled("prometheus-node-exporter"));
    const exporter = await startListening("prometheus-node-exporter", "--collector.netdev.device-exclude=^$");
    try {
      const theirText = async () => (await fetch(`${exporter.url}/metrics`)).text();
      const before = await theirText();
      const ourText = await agent.scrape();
      const after = await theirText();
      expect(differences(ourText, before, after)).to.deep.equal([]);
    } finally {
      await exporter.stop();
    }
  });

  it("is scraped by a real Prometheus", async function () {
    requireOracle.call(this, "prometheus", isInstalled("prometheus"));
    const folder = mkdtempSync(join(tmpdir(), "hostscope-prometheus-"));
    let prometheus: ListeningProgram | undefined;
    try {
      const config = join(folder, "prometheus.yml");
      const { host } = new URL(agent.url);
      writeFileSync(
        config,
        `{global: {scrape_interval: 1s}, scrape_configs: [{job_name: hostscope, static_configs: [{targets: ["${host}"]}]}]}\n`,
      );
      prometheus = await startListening(
        "prometheus",
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
      );
      await answers(prometheus, `up{job="hostscope"} == 1`);
      const memory = await answers(prometheus, "node_memory_MemTotal_bytes");
      expect(memory).to.equal(metricValue(readMetrics(await agent.scrape()), "node_memory_MemTotal_bytes"));
      // Two scrapes at least: the counters are counters to it, and both formats' names are one.
      const cpus = await answers(prometheus, "sum(rate(node_cpu_seconds_total[30s]))");
      expect(cpus).to.be.within(0.1, 4_096);
      await answers(prometheus, "min(hostscope_scrape_collector_success) == 1");
      const metadata = await fetch(`${prometheus.url}/api/v1/metadata?metric=node_uname`);
      const { data } = (await metadata.json()) as { data: Record<string, { type: string }[]> };
      // It reads OpenMetrics where it is offered: only that has the type info.
      expect(JSON.stringify(data)).to.contain('"type":"info"');
    } finally {
      await prometheus?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** The value of a query that has one, as soon as it has. */
async function answers(prometheus: ListeningProgram, query: string): Promise<number> {
  const end = Date.now() + 40_000;
  for (;;) {
    const response = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`);
    const text = await response.text();
    // It listens before it can answer.
    const { data } = JSON.parse(response.ok ? text : "{}") as { data?: { result: { value: [number, string] }[] } };
    const [row] = data?.result ?? [];
    if (row !== undefined) return Number(row.value[1]);
    if (Date.now() > end) throw new Error(`still no answer to ${query}: ${text}`);
    await sleep(200);
  }
}

/** Collectors that node_exporter has, too, but not unless it is told so. */
const NOT_BY_DEFAULT = /^node_(processes|os|cpu_scaling|power_supply|hwmon)_/;
/** Labels of ours are a part of theirs here: the rest is not known to an agent. */
const PART_OF_LABELS = new Set(["node_uname_info"]);
/** Gauges that move between two readings, and by how much. */
const DRIFT: readonly [RegExp, number][] = [
  [/^node_memory_(MemTotal|SwapTotal)_bytes$/, 0],
  [/^node_memory_.*_bytes$/, 128 * 2 ** 20],
  [/^node_filesystem_(avail|free)_bytes$/, 512 * 2 ** 20],
  [/^node_filesystem_files_free$/, 50_000],
  [/^node_load/, 2],
  [/^node_time_seconds$/, 60],
  [/^node_boot_time_seconds$/, 1],
];

function differences(ourText: string, beforeText: string, afterText: string): string[] {
  const [ours, before, after] = [ourText, beforeText, afterText].map(readMetrics) as [Metrics, Metrics, Metrics];
  const [ourTypes, theirTypes] = [readTypes(ourText), readTypes(beforeText)];
  const found: string[] = [];
  for (const [name, series] of ours) {
    if (!name.startsWith("node_") || NOT_BY_DEFAULT.test(name)) continue;
    if (ourTypes.get(name) !== theirTypes.get(name)) {
      found.push(`${name} is a ${ourTypes.get(name)}, there a ${theirTypes.get(name)}`);
      continue;
    }
    for (const one of series) {
      const [early, late] = [twin(name, one, before), twin(name, one, after)];
      if (early === undefined || late === undefined) {
        if (!isLayer(name, one)) found.push(`${name}${JSON.stringify(one.labels)} is not there`);
      } else if (!isBetween(name, one.value, early, late)) {
        found.push(`${name}${JSON.stringify(one.labels)} is ${one.value}, there ${early} and then ${late}`);
      }
    }
  }
  return found;
}

function twin(name: string, { labels }: Series, theirs: Metrics): number | undefined {
  const pairs = Object.entries(labels);
  const same = (other: Series) =>
    pairs.every(([label, value]) => other.labels[label] === value) &&
    (PART_OF_LABELS.has(name) || Object.values(other.labels).filter((value) => value !== "").length === pairs.length);
  return theirs.get(name)?.find(same)?.value;
}

/** A mount that Debian's node_exporter leaves out by default and we do not. */
function isLayer(name: string, { labels }: Series): boolean {
  if (!name.startsWith("node_filesystem_")) return false;
  return /^\/(run|mnt|media)(\/|$)/.test(labels.mountpoint ?? "") || labels.fstype === "overlay";
}

function isBetween(name: string, value: number, before: number, after: number): boolean {
  const drift = DRIFT.find(([names]) => names.test(name))?.[1] ?? tickOf(name);
  return value >= Math.min(before, after) - drift && value <= Math.max(before, after) + drift;
}

/** Seconds of CPUs and disks are kept in ticks, and idle time may go back a little. */
function tickOf(name: string): number {
  return name.includes("_seconds") ? 0.05 : 0;
}
