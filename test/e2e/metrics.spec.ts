// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { hostname, release, tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "@hostscope/client";
import { expect } from "chai";
import { startAgent } from "../support/agent-process.ts";
import { pythonProcess } from "../support/hostile-process.ts";
import { machineFolder } from "../support/linux-machine.ts";
import { type MetricsAgent, startMetricsAgent } from "../support/metrics-agent.ts";
import { type Metrics, metricValue, readMetrics } from "../support/metrics-text.ts";
import { expectBetween, expectClose, TOLERANCE } from "../support/tolerance.ts";

const kib = (name: string) =>
  Number(new RegExp(`^${name}: +(\\d+) kB`, "m").exec(readFileSync("/proc/meminfo", "utf8"))?.[1]) * 1024;
const stat = (name: string) => Number(new RegExp(`^${name} (\\d+)`, "m").exec(readFileSync("/proc/stat", "utf8"))?.[1]);
const received = (device: string) =>
  Number(new RegExp(`^ *${device}: *(\\d+)`, "m").exec(readFileSync("/proc/net/dev", "utf8"))?.[1]);

describe("/metrics of a real agent", function () {
  this.timeout(60_000);
  let agent: MetricsAgent;
  let metrics: Metrics;

  before(async () => {
    agent = await startMetricsAgent("--max-cpu", "50%", "--max-rss", "2G");
    metrics = readMetrics(await agent.scrape());
  });
  after(() => agent?.stop());

  it("has the values of /proc", async () => {
    const before = { switches: stat("ctxt"), interrupts: stat("intr"), lo: received("lo") };
    const now = readMetrics(await agent.scrape());
    expectBetween(metricValue(now, "node_context_switches_total") ?? null, before.switches, stat("ctxt"), "ctxt");
    expectBetween(metricValue(now, "node_intr_total") ?? null, before.interrupts, stat("intr"), "intr");
    const lo = metricValue(now, "node_network_receive_bytes_total", { device: "lo" }) ?? null;
    expectBetween(lo, before.lo, received("lo"), "lo");
    expect(metricValue(now, "node_memory_MemTotal_bytes")).to.equal(kib("MemTotal"));
    expect(metricValue(now, "node_memory_SwapTotal_bytes")).to.equal(kib("SwapTotal"));
    expectClose(metricValue(now, "node_memory_MemFree_bytes") ?? null, kib("MemFree"), TOLERANCE.memoryBytes, "free");
    expectClose(metricValue(now, "node_boot_time_seconds") ?? null, stat("btime"), TOLERANCE.bootSeconds, "boot");
    expectClose(metricValue(now, "node_time_seconds") ?? null, Date.now() / 1000, 30, "time");
    const [load1 = ""] = readFileSync("/proc/loadavg", "utf8").split(" ");
    expectClose(metricValue(now, "node_load1") ?? null, Number(load1), 1, "load");
    const uname = now.get("node_uname_info")?.[0]?.labels;
    expect(uname).to.include({ sysname: "Linux", nodename: hostname(), release: release() });
  });

  it("says that every collector succeeded", () => {
    const health = metrics.get("hostscope_scrape_collector_success") ?? [];
    expect(health.map(({ labels }) => labels.collector)).to.include.members([
      "cpu",
      "filesystem",
      "hwmon",
      "processes",
    ]);
    expect(health.filter(({ value }) => value !== 1)).to.deep.equal([]);
  });

  it("counts the agent's calls, by method and outcome", async () => {
    const host = await open(agent.target);
    await host.virtualMemory();
    await host.virtualMemory();
    await host.process(2 ** 22 + 5).catch(() => {});
    // A call is counted when its stream is closed, which is a little after its caller has the answer.
    const calls = await eventually(async () => {
      const now = readMetrics(await agent.scrape());
      const ok = metricValue(now, "hostscope_agent_calls_total", { method: "System.VirtualMemory", code: "OK" });
      const missed = metricValue(now, "hostscope_agent_calls_total", { method: "Process.Get", code: "NOT_FOUND" });
      return ok === 2 && missed === 1 ? now : null;
    });
    expect(metricValue(calls, "hostscope_agent_connections")).to.equal(1);
    expect(metricValue(calls, "hostscope_agent_calls_in_progress")).to.equal(0);
    await host.close();
  });

  it("tells what the agent costs, and its budget", async () => {
    const now = readMetrics(await agent.scrape());
    const rss = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${agent.child.pid}/status`, "utf8"))?.[1]) * 1024;
    expectClose(metricValue(now, "hostscope_agent_resident_memory_bytes") ?? null, rss, 32 * 2 ** 20, "rss");
    expect(metricValue(now, "hostscope_agent_cpu_seconds_total")).to.be.within(0.05, 60);
    expect(metricValue(now, "hostscope_agent_budget_cpu_ratio")).to.equal(0.5);
    expect(metricValue(now, "hostscope_agent_budget_memory_bytes")).to.equal(2 * 2 ** 30);
    expect(metricValue(now, "hostscope_agent_stretch_ratio")).to.be.at.least(1);
    expect(now.get("hostscope_agent_build_info")?.[0]?.labels).to.include({ node: process.versions.node });
  });

  it("has as many process groups as it should, whatever their names", async () => {
    const name = 'a"\\n\n}é';
    const hostile = await pythonProcess(`rename(${JSON.stringify(name)}.encode())\nkeep = bytearray(300_000_000)`);
    try {
      const now = readMetrics(await agent.scrape());
      const groups = now.get("hostscope_process_group_processes") ?? [];
      expect(groups).to.have.length.within(2, 51);
      const total = groups.reduce((sum, { value }) => sum + value, 0);
      expect(total).to.equal(metricValue(now, "node_processes_pids"));
      const memory = metricValue(now, "hostscope_process_group_resident_memory_bytes", { group: name });
      expect(memory).to.be.at.least(300_000_000);
    } finally {
      await hostile.stop();
    }
  });

  it("is answered alike when many ask at once, and a client that goes away takes nothing with it", async () => {
    const gone = connect(Number(new URL(agent.url).port), "127.0.0.1");
    gone.on("error", () => {}).write("GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n", () => gone.destroy());
    const texts = await Promise.all(Array.from({ length: 10 }, () => agent.scrape()));
    expect(texts.every((text) => readMetrics(text).has("node_load1"))).to.equal(true);
  });
});

describe("/metrics of other agents", function () {
  this.timeout(60_000);

  it("is off unless asked for", async () => {
    const agent = await startAgent();
    try {
      expect(agent.log()).not.to.contain("metrics");
    } finally {
      await agent.stop();
    }
  });

  it("has the sensors of a machine that has some", async () => {
    const agent = await startMetricsAgent("--sysfs", `${machineFolder("workstation")}/sys`);
    try {
      const metrics = readMetrics(await agent.scrape());
      expect(metricValue(metrics, "node_hwmon_temp_celsius", { chip: "coretemp", sensor: "Core 8" })).to.equal(47.5);
      expect(metricValue(metrics, "node_hwmon_temp_celsius", { chip: "nvme", sensor: "Composite #2" })).to.equal(41.85);
      expect(metricValue(metrics, "node_hwmon_temp_crit_celsius", { chip: "coretemp", sensor: "Core 0" })).to.equal(
        105,
      );
    } finally {
      await agent.stop();
    }
  });

  it("goes on without the parts that cannot be read", async () => {
    const empty = mkdtempSync(join(tmpdir(), "hostscope-procfs-"));
    const agent = await startMetricsAgent("--procfs", empty);
    try {
      const metrics = readMetrics(await agent.scrape());
      expect(metricValue(metrics, "hostscope_scrape_collector_success", { collector: "cpu" })).to.equal(0);
      expect(metrics.has("node_cpu_seconds_total")).to.equal(false);
      expect(metricValue(metrics, "hostscope_agent_stretch_ratio")).to.equal(1);
    } finally {
      await agent.stop();
      rmSync(empty, { recursive: true });
    }
  });

  it("shows an agent that takes more than its budget how to stretch its work", async () => {
    const agent = await startMetricsAgent("--max-cpu", "0.1%");
    try {
      // Scrapes are what it has to do here: a few milliseconds each, ten times a second, are far above a thousandth.
      const over = await eventually(async () => {
        const now = readMetrics(await agent.scrape());
        return (metricValue(now, "hostscope_agent_stretch_ratio") ?? 0) > 1 ? now : null;
      }, 40_000);
      expect(metricValue(over, "hostscope_agent_cpu_ratio")).to.be.above(0.001);
    } finally {
      await agent.stop();
    }
  });

  it("keeps an agent from starting when its port is taken", async () => {
    const first = await startMetricsAgent();
    try {
      const { port } = new URL(first.url);
      const failure = await startAgent("--metrics", `127.0.0.1:${port}`).catch((error: Error) => error.message);
      expect(failure).to.contain(`port ${port} is in use`);
    } finally {
      await first.stop();
    }
  });
});

async function eventually<T>(read: () => Promise<T | null>, ms = 10_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (value !== null) return value;
    if (Date.now() > end) throw new Error(`still not so after ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
