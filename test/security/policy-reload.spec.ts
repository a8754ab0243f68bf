// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StatusCode } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { System } from "@hostscope/proto/gen/system";
import { SystemMetric } from "@hostscope/proto/gen/system_watch";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { stateFolder } from "../support/state-folder.ts";
import { type TokenAnswer, TokenClient } from "../support/token-client.ts";
import { writeTokens } from "../support/token-file.ts";

const { watch } = Process.method;
const POLICY = (permissions: string) => `version: 1
roles: { dashboard: { allow: [${permissions}] } }
bindings: [{ to: { token: dashboard }, roles: [dashboard] }]
`;

describe("a policy that changes", function () {
  this.timeout(60_000);
  this.slow(10_000);

  const folder = mkdtempSync(join(tmpdir(), "hostscope-reload-"));
  const path = join(folder, "policy.yaml");
  const audit = join(folder, "audit.jsonl");
  const state = stateFolder();
  let agent: AgentProcess;
  let client: TokenClient;
  before(async () => {
    put(POLICY("process.read, metrics.read"));
    const tokens = writeTokens(join(folder, "tokens.json"), { dashboard: [] });
    const flags = ["--policy", path, "--tokens", join(folder, "tokens.json"), "--audit", audit];
    agent = await startAgent(...flags, "--state-dir", state.path);
    client = new TokenClient(agent, tokens);
  });
  after(async () => {
    client?.close();
    await agent?.stop();
    state.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("ends the streams that it does not allow any more, and lets the others be", async () => {
    const lost = await startedWatch();
    const kept = client.call("dashboard", System.method.watch, { metrics: [SystemMetric.CPU_TIMES], interval: 1 });
    const since = performance.now();
    put(POLICY("metrics.read"));
    const { code, detail } = await lost.over;
    expect(code).to.equal(StatusCode.PERMISSION_DENIED);
    expect(detail?.permission).to.equal("process.read");
    // A second from the change, and what a busy machine adds.
    expect(performance.now() - since).to.be.below(10_000);
    put(POLICY("agent.health"));
    expect((await kept).code).to.equal(StatusCode.PERMISSION_DENIED);
    expect((await kept).messages).to.not.be.empty;
  });

  it("ends a stream that would show something else now, for its reader to begin anew", async () => {
    await taken(POLICY("process.read, process.secrets.cmdline"));
    const stream = await startedWatch();
    put(POLICY("process.read"));
    expect((await stream.over).code).to.equal(StatusCode.UNAVAILABLE);
  });

  it("stays as it was if the new one is not sound, and says why", async () => {
    await taken(POLICY("process.read"));
    put(POLICY("process.read, process.raed"));
    await eventually(() => expect(agent.log()).to.include("did you mean"));
    expect(agent.log()).to.include(`${path}:2:`);
    expect((await client.call("dashboard", Process.method.pids, {})).code).to.equal(StatusCode.OK);
  });

  it("is written down, and so is who was refused, but not a thousand times", async () => {
    await taken(POLICY("metrics.read"));
    for (let at = 0; at < 100; at++) await client.call("dashboard", Process.method.pids, {});
    const read = () =>
      readFileSync(audit, "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    await eventually(() => expect(read().filter(({ phase }) => phase === "denied")).to.have.length.above(10));
    const records = read();
    expect(records.filter(({ event }) => event === "policy")).to.have.length.above(2);
    const denied = records.filter(({ phase, method }) => phase === "denied" && method === "Process.Pids");
    expect(denied.length).to.be.below(60);
    expect(denied[0]).to.deep.include({ code: "PERMISSION_DENIED", permission: "process.read", decision: "denied" });
    expect(denied[0].caller).to.deep.include({ kind: "token", token: "dashboard" });
  });

  /** A process watch that has begun. In an object, as a promise cannot be given without waiting for it. */
  async function startedWatch(): Promise<{ over: Promise<TokenAnswer<typeof watch.output>> }> {
    const request = { attributes: [ProcessAttribute.NAME, ProcessAttribute.CMDLINE] };
    return await new Promise((resolve) => {
      const over = client.call("dashboard", watch, request, {
        onMessage: () => resolve({ over }),
      });
      over.then(() => resolve({ over }));
    });
  }

  /** Puts a policy in place and waits until the agent has taken it. */
  async function taken(text: string): Promise<void> {
    const count = () => agent.log().split("files were taken over").length;
    const before = count();
    put(text);
    await eventually(() => expect(count()).to.be.above(before));
  }

  function put(text: string): void {
    writeFileSync(`${path}.new`, text, { mode: 0o644 });
    renameSync(`${path}.new`, path);
  }
});
