// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type MetricsAgent, startMetricsAgentThrough } from "../support/metrics-agent.ts";
import { metricValue, readMetrics } from "../support/metrics-text.ts";
import { inNewNamespace, requireNamespace } from "../support/own-namespace.ts";

const HUNG_MOUNT = fileURLToPath(new URL("../support/hung_mount.py", import.meta.url));

describe("/metrics of a host with a file system that does not answer", function () {
  this.timeout(60_000);
  this.slow(10_000);

  let folder: string;
  let mountpoint: string;
  let agent: MetricsAgent;
  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "hostscope-hung-metrics-"));
    mountpoint = mkdtempSync(join(folder, "mount-"));
    const mounted = ["python3", HUNG_MOUNT, mountpoint, join(folder, "server.pid")];
    requireNamespace.call(this, "mount", [...mounted, "true"]);
    agent = await startMetricsAgentThrough([...inNewNamespace("mount"), ...mounted]);
  });
  after(async () => {
    await agent?.stop();
    rmdirSync(mountpoint); // nothing is mounted out here
    rmSync(folder, { recursive: true });
  });

  it("says which one, and has everything else, scrape after scrape", async () => {
    const threads: number[] = [];
    for (let scrape = 0; scrape < 4; scrape++) {
      const metrics = readMetrics(await agent.scrape());
      const hung = { device: "hung", fstype: "fuse.hung", mountpoint };
      expect(metricValue(metrics, "node_filesystem_device_error", hung)).to.equal(1);
      expect(metricValue(metrics, "node_filesystem_size_bytes", hung)).to.equal(undefined);
      expect(metricValue(metrics, "node_filesystem_device_error", { mountpoint: "/" })).to.equal(0);
      const health = metrics.get("hostscope_scrape_collector_success") ?? [];
      expect(health.filter(({ value }) => value !== 1)).to.deep.equal([]);
      threads.push(readdirSync(`/proc/${agent.child.pid}/task`).length);
    }
    expect(threads.at(-1)).to.be.at.most((threads[0] ?? 0) + 2);
  });

  it("does so for a scraper that has little time", async () => {
    const metrics = readMetrics(await agent.scrape({ "x-prometheus-scrape-timeout-seconds": "2" }));
    expect(metricValue(metrics, "node_filesystem_device_error", { mountpoint })).to.equal(1);
    expect(metricValue(metrics, "node_filesystem_device_error", { mountpoint: "/" })).to.equal(0);
    expect(metricValue(metrics, "hostscope_scrape_collector_success", { collector: "filesystem" })).to.equal(1);
  });
});
