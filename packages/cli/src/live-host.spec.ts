// SPDX-License-Identifier: Apache-2.0

import { EventEmitter } from "node:events";
import { type Host, type HostscopeError, HostUnreachable } from "@hostscope/client";
import { expect } from "chai";
import { LiveHost } from "./live-host.ts";

describe("LiveHost", () => {
  /** A host whose streams tell when they are told to. */
  class FakeHost {
    readonly lost: ((error: HostscopeError) => void)[] = [];
    readonly table = Object.assign(new EventEmitter(), { rows: new Map(), last: null });
    #tell: (value: object) => void = () => {};

    async hostInfo() {
      return { hostname: "a" };
    }

    async *watch({ onDisconnect }: { onDisconnect: (error: HostscopeError) => void }) {
      this.lost[0] = onDisconnect;
      for (;;) {
        yield { time: 1, interval: 1, pace: null };
        await new Promise<object>((resolve) => {
          this.#tell = resolve;
        });
      }
    }

    async processTable({ onDisconnect }: { onDisconnect: (error: HostscopeError) => void }) {
      this.lost[1] = onDisconnect;
      return this.table;
    }

    async tellMetrics() {
      this.#tell({});
      await new Promise((resolve) => setImmediate(resolve));
    }

    tellProcesses() {
      this.table.emit("update", { gap: false, pace: null });
    }
  }

  it("is old while one of its streams is lost, though the other goes on", async () => {
    const host = new FakeHost();
    const signal = new AbortController().signal;
    const live = await LiveHost.start(host as unknown as Host, { interval: 1, signal });
    const [metricsLost, processesLost] = host.lost as [
      (error: HostscopeError) => void,
      (error: HostscopeError) => void,
    ];
    await host.tellMetrics();
    expect(live.freshness().isOld).to.equal(false);
    metricsLost(new HostUnreachable("gone"));
    host.tellProcesses();
    expect(live.freshness()).to.deep.include({ isOld: true, alarm: "values are 0 s old: gone" });
    await host.tellMetrics();
    expect(live.freshness().isOld).to.equal(false);
    processesLost(new HostUnreachable("gone"));
    await host.tellMetrics();
    expect(live.freshness().isOld).to.equal(true);
    host.tellProcesses();
    expect(live.freshness().isOld).to.equal(false);
  });
});
