// SPDX-License-Identifier: Apache-2.0
// Services of Windows' own service control manager, one of ours among them, from here.

import { readFileSync } from "node:fs";
import {
  FailedPrecondition,
  type Host,
  InvalidArgument,
  NoSuchProcess,
  open,
  TimeoutExpired,
  type WindowsService,
  type WinServiceUpdate,
} from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { failureOf } from "../support/failure-of.ts";
import { itProves } from "../support/proofs.ts";
import { runSample, SAMPLE_ADDRESS } from "../support/run-sample.ts";
import { buildForWindows, startOnWindows, startWindowsAgent, type WindowsAgent } from "../support/windows-machine.ts";

const NAME = "hostscopetest";

/** What sc.exe, which knows nothing of us, prints. */
async function sc(...args: string[]): Promise<string> {
  const program = startOnWindows("sc", ...args);
  await program.ended;
  const text = program.output();
  await program.stop();
  return text;
}

describe("Services of Windows, from here", function () {
  this.timeout(120_000);
  let agent: WindowsAgent;
  let host: Host;
  let program: string;
  let service: WindowsService;
  before(async () => {
    program = await buildForWindows("windows_service.cc");
    agent = await startWindowsAgent();
    host = await open(agent.target, { timeoutMs: 60_000 });
    await sc("create", NAME, "binPath=", program, "DisplayName=", "hostscope's test");
    await sc("description", NAME, "Does nothing.");
    service = await host.winServiceGet(NAME);
  });
  after(async () => {
    await service?.stop().catch(() => {});
    if (agent !== undefined) await sc("delete", NAME);
    await host?.close();
    await agent?.stop();
  });
  beforeEach(async () => {
    await service.setStartType("manual");
    await service.stop();
  });

  itProves("are listed as the manager has them, without drivers", ["host.winServiceIter"], async () => {
    const services = [];
    for await (const each of host.winServiceIter()) services.push(each);
    const names = services.map(({ name }) => name);
    expect(names).to.include.members([NAME, "RpcSs", "PlugPlay"]);
    expect(names).to.not.include("MountMgr"); // a driver
    expect(services.find(({ name }) => name === NAME)?.displayName).to.equal("hostscope's test");
  });

  const GETTERS = ["binpath", "username", "startType", "pid", "status", "description", "asDict"];
  const VALUES = ["name", "displayName", ...GETTERS].map((name) => `service.${name}`);
  itProves("have psutil's attributes, each by itself and all at once", ["host.winServiceGet", ...VALUES], async () => {
    expect(await service.asDict()).to.deep.equal({
      name: NAME,
      displayName: "hostscope's test",
      binpath: program,
      username: "LocalSystem",
      startType: "manual",
      status: "stopped",
      pid: null,
      description: "Does nothing.",
    });
    expect(await service.binpath()).to.equal(program);
    expect(await service.description()).to.equal("Does nothing.");
    const running = await (await host.winServiceGet("PlugPlay")).asDict();
    expect(running).to.include({ status: "running", startType: "automatic" });
    expect(await (await host.process(running.pid as number)).name()).to.equal("plugplay.exe");
    expect(await failureOf(host.winServiceGet("no such service"))).to.be.instanceOf(NoSuchProcess);
    expect(await failureOf(host.winServiceGet("a/b\\c"))).to.be.instanceOf(NoSuchProcess);
  });

  itProves(
    "start, pause, go on, start anew and stop, and say what changed",
    ["service.start", "service.stop", "service.restart", "service.pause", "service.continue"],
    async () => {
      const started = await service.start({ reason: "a test" });
      expect(started).to.include({ status: "running", changed: true });
      expect(await service.pid()).to.equal(started.pid);
      expect(await service.start()).to.include({ changed: false });
      expect(await service.pause()).to.deep.equal({ status: "paused", changed: true });
      expect(await service.status()).to.equal("paused");
      expect(await service.pause()).to.include({ changed: false });
      expect(await service.continue()).to.deep.equal({ status: "running", changed: true });
      const again = await service.restart();
      expect(again.status).to.equal("running");
      expect(again.pid).to.not.equal(started.pid);
      expect(await service.stop()).to.deep.equal({ status: "stopped", changed: true, dependents: [] });
      expect(await service.stop()).to.include({ changed: false });
      expect(await sc("query", NAME)).to.match(/STATE\s*:\s*1/);
    },
  );

  itProves("change how they are started; what is disabled does not start", ["service.setStartType"], async () => {
    expect(await service.setStartType("disabled")).to.deep.equal({ before: "manual" });
    expect(await service.startType()).to.equal("disabled");
    expect(await failureOf(service.start())).to.be.instanceOf(FailedPrecondition);
    expect(await service.setStartType("automatic")).to.deep.equal({ before: "disabled" });
    expect(await failureOf(service.setStartType("never" as never))).to.be.instanceOf(InvalidArgument);
  });

  it("say so when they fail, cannot do it, or take too long", async () => {
    const failed = (await failureOf(service.start({ arguments: ["fail"] }))) as Error;
    expect(failed).to.be.instanceOf(FailedPrecondition);
    expect(failed.message).to.contain("42");
    expect(await failureOf(service.pause())).to.be.instanceOf(FailedPrecondition);
    expect(await failureOf(service.start({ timeout: 0 }))).to.be.instanceOf(TimeoutExpired);
    await eventually(async () => expect(await service.status()).to.equal("running"));
    expect(await failureOf(service.stop({ timeout: 61 }))).to.be.instanceOf(InvalidArgument);
  });

  it("act once for one operation id", async () => {
    const operationId = `once-${Date.now()}`;
    const first = await service.start({ operationId });
    expect(await service.start({ operationId })).to.deep.equal(first);
    expect(first.changed).to.equal(true);
  });

  itProves("are watched as they change, come and go", ["host.watchWinServices"], async () => {
    const updates: WinServiceUpdate[] = [];
    const leave = new AbortController();
    const watching = (async () => {
      for await (const update of host.watchWinServices({
        names: [NAME.toUpperCase()],
        interval: 1,
        signal: leave.signal,
      })) {
        updates.push(update);
      }
    })().catch(() => {});
    const seen = () => updates.flatMap(({ changed }) => changed.map(({ status }) => status));
    await eventually(() => expect(updates[0]).to.include({ snapshot: true }));
    await service.start();
    await eventually(() => expect(seen()).to.include("running"));
    await service.stop();
    await eventually(() => expect(seen().at(-1)).to.equal("stopped"));
    expect(updates.flatMap(({ changed }) => changed).every(({ name }) => name === NAME)).to.equal(true);
    leave.abort();
    await watching;
  });

  it("are listed by the sample of README.md", async () => {
    const page = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const sample = /^```ts windows\n(.*?)^```$/ms.exec(page)?.[1] ?? "";
    expect(sample).to.match(SAMPLE_ADDRESS);
    const printed = await runSample(sample.replace(SAMPLE_ADDRESS, agent.target));
    expect(printed)
      .to.match(/^PlugPlay running automatic \d+$/m)
      .and.match(/^hostscopetest stopped manual null$/m);
  });
});
