// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyAudit } from "@hostscope/agent";
import { StatusCode } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { type MetricsAgent, startMetricsAgentThrough } from "../support/metrics-agent.ts";
import { requireMachine } from "../support/oracle.ts";
import { stateFolder } from "../support/state-folder.ts";
import { TokenClient } from "../support/token-client.ts";

const { kill, pids } = Process.method;

// The agent alone sees this disk, which is small and its own.
const WITH_DISK = 'mount -t tmpfs -o size=256k,mode=755 tmpfs "$0" && exec "$@"';

describe("the audit log's disk", function () {
  this.timeout(60_000);
  this.slow(10_000);

  const mountPoint = mkdtempSync(join(tmpdir(), "hostscope-audit-disk-"));
  const state = stateFolder();
  const children: ChildProcess[] = [];
  let agent: MetricsAgent;
  let client: TokenClient;
  let disk: string;
  let path: string;
  before(async function () {
    const possible = spawnSync("unshare", ["-m", "sh", "-c", WITH_DISK, mountPoint, "true"]).status === 0;
    requireMachine.call(this, "the right to mount in a namespace of one's own (root)", possible);
    const through = ["unshare", "-m", "--propagation", "private", "sh", "-c", WITH_DISK, mountPoint];
    const flags = ["--audit", join(mountPoint, "audit.jsonl"), "--state-dir", state.path];
    agent = await startMetricsAgentThrough(through, ...flags);
    client = new TokenClient(agent, new Map());
    disk = `/proc/${agent.child.pid}/root${mountPoint}`;
    path = join(disk, "audit.jsonl");
  });
  after(async () => {
    client?.close();
    await agent?.stop();
    for (const child of children) child.kill("SIGKILL");
    state.remove();
    rmSync(mountPoint, { recursive: true, force: true });
  });

  it("has the intent before the deed, and what became of it", async () => {
    const { pid } = await killed({ reason: "ticket 4711\n\u202e{}", operationId: "op-1" });
    await eventually(() => expect(records().at(-1)?.phase).to.equal("result"));
    const [intent, result] = records().slice(-2);
    expect(intent).to.deep.include({
      phase: "intent",
      method: "Process.Kill",
      permission: "process.control.signal",
      roles: ["owner"],
      reason: "ticket 4711\\u000a\\u202e{}",
      operation: "op-1",
    });
    expect(intent?.target).to.deep.include({ pid });
    expect(intent?.caller).to.deep.include({ kind: "loopback" });
    expect(result).to.deep.include({ phase: "result", id: intent?.id, code: "OK", guarantee: "atomic" });
  });

  it("when it is full: nothing is changed, reads go on, and all is well when there is room", async () => {
    fill();
    // The page of memory that the file ends in has room for some more records.
    const kills = async () => (await client.call("", kill, { ref: { pid: BigInt(sleeper().pid ?? 0) } })).code;
    for (let tries = 0; (await kills()) === StatusCode.OK; tries++) expect(tries).to.be.below(20);
    await refusedWhileReadsGoOn();
    expect(await writable()).to.equal("0");
    rmSync(join(disk, "filler"));
    await killed({});
    expect(await writable()).to.equal("1");
    await whole([path]);
    const gap = records().find(({ phase }) => phase === "gap");
    expect(gap?.why).to.be.oneOf(["ENOSPC", "only a part could be written"]);
    expect(gap?.lost).to.equal(0);
  });

  it("when it cannot be written to any more, or is another one", async () => {
    const inside = (...command: string[]) =>
      execFileSync("nsenter", ["-m", "-t", String(agent.child.pid), ...command], { stdio: "ignore" });
    inside("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", mountPoint);
    await refusedWhileReadsGoOn();
    inside("umount", mountPoint);
    await killed({});
    await whole([path]);
  });

  it("when something else is in the file's place", async () => {
    for (const make of [
      () => writeFileSync(path, "not an audit log\n", { mode: 0o600 }),
      () => symlinkSync("old", path),
      () => mkdirSync(path),
    ]) {
      // Until the agent has nothing left to write: it would make the file anew.
      await eventually(() => expect(records().at(-1)?.phase).to.equal("result"));
      renameSync(path, join(disk, "old"));
      make();
      await refusedWhileReadsGoOn();
      rmSync(path, { recursive: true });
      renameSync(join(disk, "old"), path);
      await killed({});
    }
    await whole([path]);
  });

  it("when the file is rotated: the chain goes on in the next one", async () => {
    renameSync(path, join(disk, "audit.1"));
    await killed({});
    renameSync(path, join(disk, "audit.2"));
    writeFileSync(path, "", { mode: 0o600 });
    await killed({});
    await whole([join(disk, "audit.1"), join(disk, "audit.2"), path]);
  });

  it("costs many calls at once little more than one", async () => {
    const before = records().length;
    const started = await Promise.all(Array.from({ length: 50 }, () => killed({})));
    expect(started).to.have.length(50);
    await eventually(() => expect(records().length).to.equal(before + 100));
    await whole([join(disk, "audit.1"), join(disk, "audit.2"), path]);
  });

  /** Ends a process of this test's own, through the agent. */
  async function killed(mutation: { reason?: string; operationId?: string }): Promise<{ pid: number }> {
    const target = sleeper();
    const pid = target.pid ?? 0;
    const answer = await client.call("", kill, { ref: { pid: BigInt(pid) }, mutation });
    expect(answer.code, answer.text).to.equal(StatusCode.OK);
    await eventually(() => expect(target.signalCode).to.equal("SIGKILL"));
    return { pid };
  }

  async function refusedWhileReadsGoOn(): Promise<void> {
    const target = sleeper();
    const since = performance.now();
    const refused = await client.call("", kill, { ref: { pid: BigInt(target.pid ?? 0) } });
    expect(refused.code, refused.text).to.equal(StatusCode.FAILED_PRECONDITION);
    expect(refused.detail?.reason).to.equal(ErrorReason.AUDIT_UNAVAILABLE);
    expect(performance.now() - since).to.be.below(5_000);
    expect((await client.call("", pids, {})).code).to.equal(StatusCode.OK);
    expect([target.signalCode, target.exitCode]).to.deep.equal([null, null]);
  }

  /** What the agent's metrics say of it. */
  async function writable(): Promise<string | undefined> {
    return /^hostscope_agent_audit_writable (.*)$/m.exec(await agent.scrape())?.[1];
  }

  async function whole(paths: string[]): Promise<void> {
    const { problems } = await verifyAudit(paths);
    expect(problems).to.deep.equal([]);
  }

  function sleeper(): ChildProcess {
    const child = spawn("sleep", ["1000"], { stdio: "ignore" });
    children.push(child);
    return child;
  }

  function records(): Record<string, unknown>[] {
    const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  function fill(): void {
    try {
      writeFileSync(join(disk, "filler"), Buffer.alloc(1024 * 1024));
      throw new Error("the disk is not small");
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).to.equal("ENOSPC");
    }
  }
});
