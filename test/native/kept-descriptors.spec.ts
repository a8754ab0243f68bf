// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";

const IDLE_PROCESSES = 150;
const CLOSED_AFTER_MS = 6_000;

/** Descriptors that this process has open. */
const descriptors = (): number => readdirSync("/proc/self/fd").length;

describe("Processes that a list keeps open for the next one", () => {
  const idle: ChildProcess[] = [];
  let host: Host;
  before(async () => {
    for (let i = 0; i < IDLE_PROCESSES; i++) idle.push(spawn("sleep", ["120"], { stdio: "ignore" }));
    host = await open("local:");
  });
  after(async () => {
    await host?.close();
    for (const child of idle) child.kill("SIGKILL");
    await Promise.all(idle.map((child) => child.exitCode === null && child.signalCode === null && once(child, "exit")));
  });

  const settled = async (before: number): Promise<void> => {
    const end = Date.now() + CLOSED_AFTER_MS;
    while (descriptors() > before + 5 && Date.now() < end) await sleep(100);
    expect(descriptors()).to.be.at.most(before + 5);
  };

  it("are closed when no next one comes", async () => {
    const before = descriptors();
    await host.processList({ attrs: ["name", "memoryInfo", "username"] });
    expect(descriptors()).to.be.greaterThan(before + IDLE_PROCESSES);
    await settled(before);
  });

  it("are closed when the list was given up half way", async () => {
    const before = descriptors();
    for await (const _process of host.processIter({ attrs: ["name", "memoryInfo", "username"] })) break;
    await settled(before);
  });

  it("do not hide that a pid has a new owner, or none", async () => {
    const gone = idle.pop() as ChildProcess;
    const first = await host.processList({ attrs: ["name"] });
    expect(first.processes.some(({ ref }) => ref.pid === gone.pid)).to.equal(true);
    gone.kill("SIGKILL");
    await once(gone, "exit");
    const second = await host.processList({ attrs: ["name"] });
    expect(second.processes.some(({ ref }) => ref.pid === gone.pid)).to.equal(false);
  });
});
