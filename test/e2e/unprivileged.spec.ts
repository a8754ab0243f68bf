// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessDenied, type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgentAs } from "../support/agent-process.ts";

const NOBODY = 65534;

describe("An agent without privileges", () => {
  let agent: AgentProcess;
  let host: Host;
  before(async () => {
    // Root takes the part of nobody; anybody else is unprivileged already.
    agent = await startAgentAs(process.getuid?.() === 0 ? NOBODY : undefined);
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
  });

  it("gets AccessDenied for what the kernel hides, and the value for what it shows", async () => {
    const init = await host.process(1);
    const error = await init.exe().then(
      () => expect.fail("no error"),
      (failure: unknown) => failure,
    );
    expect(error).to.be.instanceOf(AccessDenied);
    expect(error).to.have.property("pid", 1);
    expect(await init.name()).to.be.a("string");
    expect((await init.memoryInfo()).rss).to.be.greaterThan(0);
  });

  it("gives adValue for the one attribute in a dictionary, and all the others", async () => {
    const info = await (await host.process(1)).asDict({
      attrs: ["name", "exe", "ppid", "ioCounters"],
      adValue: "hidden",
    });
    expect(info.exe).to.equal("hidden");
    expect(info.ioCounters).to.equal("hidden");
    expect(info.ppid).to.equal(0);
    expect(info.name).to.be.a("string").and.not.equal("hidden");
  });

  it("keeps the row of every process in a list", async () => {
    let denied = 0;
    let readable = 0;
    for await (const { info } of host.processIter({ attrs: ["exe", "status"] })) {
      expect(info.status).to.be.a("string");
      if (info.exe === null) denied++;
      else readable++;
    }
    expect(denied).to.be.greaterThan(0);
    expect(readable).to.be.greaterThan(0);
  });

  it("gets AccessDenied for a path behind a folder that it may not enter", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hostscope-closed-"));
    try {
      mkdirSync(join(folder, "inside"));
      chmodSync(folder, 0);
      const error = await host.diskUsage(join(folder, "inside")).then(
        () => expect.fail("no error"),
        (failure: unknown) => failure,
      );
      expect(error).to.be.instanceOf(AccessDenied).and.include({ osError: 13 });
    } finally {
      chmodSync(folder, 0o700);
      rmSync(folder, { recursive: true });
    }
  });
});
