// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StatusCode } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { ControlOutcome } from "@hostscope/proto/gen/process_tree";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { requireMachine, requireOracle, requireRoot } from "../support/oracle.ts";
import { findPython } from "../support/python.ts";
import { stateFolder } from "../support/state-folder.ts";
import { TokenClient } from "../support/token-client.ts";
import { writeTokens } from "../support/token-file.ts";

const MINE = 61_001;
const OTHERS = 61_002;
const SIGNAL = "process.control.signal";
const { OK, PERMISSION_DENIED, NOT_FOUND } = StatusCode;
const { kill, killTree, previewSignal, commitSignal, setNice, suspendLeased } = Process.method;

describe("conditions on targets", function () {
  this.timeout(60_000);
  this.slow(10_000);

  const folder = mkdtempSync(join(tmpdir(), "hostscope-targets-"));
  const state = stateFolder();
  const children: ChildProcess[] = [];
  const group = `hostscope-test-${process.pid}-targets`;
  const groups = unifiedMount();
  let agent: AgentProcess;
  let client: TokenClient;
  before(async function () {
    // Only root can start processes of other users.
    requireRoot.call(this);
    const uids = `uids: [${MINE}]`;
    writeFileSync(
      join(folder, "policy.yaml"),
      `
version: 1
roles:
  own: { extends: [viewer], allow: [{ permission: ${SIGNAL}, ${uids} }, { permission: process.control.priority, ${uids} }] }
  blind: { allow: [{ permission: ${SIGNAL}, ${uids} }] }
  not-root: { extends: [viewer], allow: [{ permission: ${SIGNAL}, not_uids: [0], max_targets: 2 }] }
  term: { extends: [viewer], allow: [{ permission: ${SIGNAL}, ${uids}, signals: [TERM] }] }
  grouped: { extends: [viewer], allow: [{ permission: ${SIGNAL}, cgroups: ["/${group}"] }] }
bindings: [{ to: { uid: 4294967294 }, roles: [viewer] }]
`,
    );
    const roles = ["own", "blind", "not-root", "term", "grouped", "owner"];
    const tokens = writeTokens(join(folder, "tokens.json"), Object.fromEntries(roles.map((role) => [role, [role]])));
    const flags = ["--policy", join(folder, "policy.yaml"), "--tokens", join(folder, "tokens.json")];
    agent = await startAgent(...flags, "--state-dir", state.path);
    client = new TokenClient(agent, tokens);
  });
  after(async () => {
    client?.close();
    await agent?.stop();
    for (const child of children) child.kill("SIGKILL");
    await eventually(() => expect(children.filter(isThere)).to.deep.equal([]));
    state.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("let a caller end processes of its users, and no others", async () => {
    const [mine, other] = [await sleeper(MINE), await sleeper(OTHERS)];
    const refused = await client.call("own", kill, { ref: refOf(other) });
    expect(refused.code).to.equal(PERMISSION_DENIED);
    expect(refused.detail).to.include({ reason: ErrorReason.PERMISSION_DENIED, permission: SIGNAL });
    expect((await client.call("own", setNice, { ref: refOf(other), nice: 5 })).code).to.equal(PERMISSION_DENIED);
    expect((await client.call("own", suspendLeased, { ref: refOf(other), lease: 5 }, { enough: 1 })).code).to.equal(
      PERMISSION_DENIED,
    );
    expect(stateOf(other)).to.be.oneOf(["S", "R"]);
    expect((await client.call("own", setNice, { ref: refOf(mine), nice: 5 })).code).to.equal(OK);
    expect((await client.call("own", kill, { ref: refOf(mine) })).code).to.equal(OK);
    await ended(mine);
    expect(isThere(other)).to.equal(true);
  });

  it("count every user id of a process, as a set-uid program has two", async function () {
    const python = findPython(["os"]);
    requireOracle.call(this, "python3", python !== null);
    const code = `import os, time\nos.setresuid(${MINE}, 0, 0)\nprint("ready", flush=True)\ntime.sleep(1000)`;
    const child = start(python as string, ["-c", code]);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    expect((await client.call("own", kill, { ref: refOf(child) })).code).to.equal(PERMISSION_DENIED);
    expect(isThere(child)).to.equal(true);
  });

  it("do not tell which processes there are to whoever may not know", async () => {
    const other = await sleeper(OTHERS);
    const gone = await sleeper(OTHERS);
    const ref = refOf(gone);
    gone.kill("SIGKILL");
    await ended(gone);
    const hidden = await client.call("blind", kill, { ref: refOf(other) });
    const absent = await client.call("blind", kill, { ref });
    const stale = await client.call("blind", kill, { ref: { ...refOf(other), start: 1n } });
    expect([hidden.code, absent.code, stale.code]).to.deep.equal([NOT_FOUND, NOT_FOUND, NOT_FOUND]);
    const shape = ({ text, detail }: typeof hidden, pid: number) =>
      `${text.replace(String(pid), "N")} ${detail?.reason} ${detail?.permission}`;
    expect(shape(hidden, other.pid ?? 0)).to.equal(shape(absent, ref.pid));
    expect(shape(stale, other.pid ?? 0)).to.equal(shape(absent, ref.pid));
    const leased = await client.call("blind", suspendLeased, { ref: refOf(other), lease: 5 });
    const leaseOfNone = await client.call("blind", suspendLeased, { ref, lease: 5 });
    expect(shape(leased as never, other.pid ?? 0)).to.equal(shape(leaseOfNone as never, ref.pid));
    expect(isThere(other)).to.equal(true);
    expect(stateOf(other)).to.equal("S");
  });

  it("hold for each process of a tree, and for how many they are", async () => {
    const tree = (uid: number) => start("sh", ["-c", "sleep 1000 & sleep 1000 & echo ready; wait"], uid);
    const root = tree(OTHERS);
    await new Promise((resolve) => root.stdout?.once("data", resolve));
    const below = childrenOf(root);
    expect(below).to.have.length(2);
    const tooMany = await client.call("not-root", killTree, { ref: refOf(root) });
    expect(tooMany.code, tooMany.text).to.equal(PERMISSION_DENIED);
    expect(tooMany.text).to.include("3 processes at once");
    // Those that were stopped to be counted go on.
    await eventually(() => expect([root.pid ?? 0, ...below].map(stateOf)).to.deep.equal(["S", "S", "S"]));
    const two = await client.call("not-root", killTree, { ref: refOf(root), keepRoot: true, timeout: 10 });
    expect(two.code, two.text).to.equal(OK);
    expect(two.messages[0]?.targets.map(({ outcome }) => outcome)).to.deep.equal([1, 1]);
  });

  it("leave out of a tree whom the caller may not meet", async function () {
    const python = findPython(["os"]);
    requireOracle.call(this, "python3", python !== null);
    const code = `import os, time\nif os.fork() == 0: time.sleep(1000)\nos.setresuid(${MINE}, ${MINE}, ${MINE})\nprint("ready", flush=True)\ntime.sleep(1000)`;
    const root = start(python as string, ["-c", code]);
    await new Promise((resolve) => root.stdout?.once("data", resolve));
    const [child = 0] = childrenOf(root);
    try {
      const { code: status, messages } = await client.call("own", killTree, { ref: refOf(root), timeout: 10 });
      expect(status).to.equal(OK);
      const outcomes = messages[0]?.targets.map(({ ref, outcome }) => [ref?.pid === BigInt(child), outcome]);
      expect(outcomes).to.deep.equal([
        [false, ControlOutcome.SIGNALLED],
        [true, ControlOutcome.NOT_PERMITTED],
      ]);
      await ended(root);
      expect(stateOf(child)).to.equal("S");
    } finally {
      process.kill(child, "SIGKILL");
    }
  });

  it("hold for previews, and for commits of previews of others", async () => {
    const name = `s${process.pid}x`;
    const [mine, other] = [await sleeper(MINE, name), await sleeper(OTHERS, name)];
    const request = { selector: { name }, signal: 9, maxMatches: 10 };
    const seen = await client.call("own", previewSignal, request);
    expect(seen.messages[0]?.matches.map(({ ref }) => Number(ref?.pid))).to.deep.equal([mine.pid]);
    const all = await client.call("owner", previewSignal, request);
    expect(all.messages[0]?.matches).to.have.length(2);
    const token = all.messages[0]?.token ?? "";
    const wrongSignal = await client.call("term", commitSignal, { token });
    expect(wrongSignal.messages[0]?.targets.map(({ outcome }) => outcome)).to.deep.equal([6, 6]);
    expect([isThere(mine), isThere(other)]).to.deep.equal([true, true]);
    const again = (await client.call("owner", previewSignal, request)).messages[0]?.token ?? "";
    const committed = await client.call("own", commitSignal, { token: again });
    const outcomes = committed.messages[0]?.targets.map(({ ref, outcome }) => [Number(ref?.pid), outcome]);
    expect(outcomes).to.have.deep.members([
      [mine.pid, ControlOutcome.SIGNALLED],
      [other.pid, ControlOutcome.NOT_PERMITTED],
    ]);
    await ended(mine);
    expect(isThere(other)).to.equal(true);
  });

  it("let a caller end what is in a control group, wherever its number came from", async function () {
    requireMachine.call(this, "control groups of version 2", groups !== null);
    mkdirSync(join(groups as string, group));
    const [inside, outside] = [await sleeper(OTHERS), await sleeper(OTHERS)];
    writeFileSync(join(groups as string, group, "cgroup.procs"), String(inside.pid));
    expect((await client.call("grouped", kill, { ref: refOf(outside) })).code).to.equal(PERMISSION_DENIED);
    expect((await client.call("grouped", kill, { ref: refOf(inside) })).code).to.equal(OK);
    await ended(inside);
    await eventually(() => rmdirSync(join(groups as string, group)));
  });

  function start(program: string, args: string[], uid = 0, argv0 = program): ChildProcess {
    const child = spawn(program, args, { uid, gid: uid, argv0, stdio: ["ignore", "pipe", "ignore"] });
    children.push(child);
    return child;
  }

  async function sleeper(uid: number, name?: string): Promise<ChildProcess> {
    const child = start("sleep", ["1000"], uid, name);
    // Until it is the program that it was started for.
    await eventually(() => expect(readFileSync(`/proc/${child.pid}/comm`, "utf8")).to.equal("sleep\n"));
    return child;
  }
});

/** Where control groups of version 2 are mounted, null if nowhere. */
function unifiedMount(): string | null {
  const lines = readFileSync("/proc/mounts", "utf8").split("\n");
  return lines.map((line) => line.split(" ")).find(([, , type]) => type === "cgroup2")?.[1] ?? null;
}

function refOf({ pid = 0 }: ChildProcess): Partial<ProcessRef> & { pid: never } {
  return { pid: BigInt(pid), start: startOf(pid) } as never;
}

function startOf(pid: number): bigint {
  return BigInt(statOf(pid)[19] ?? 0);
}

function stateOf(process: ChildProcess | number): string {
  return statOf(typeof process === "number" ? process : (process.pid ?? 0))[0] ?? "";
}

/** Fields of stat from the state on. */
function statOf(pid: number): string[] {
  return (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "").split(" ");
}

function childrenOf({ pid }: ChildProcess): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((candidate) => {
    try {
      return statOf(candidate)[1] === String(pid);
    } catch {
      return false;
    }
  });
}

function isThere({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function ended(child: ChildProcess): Promise<void> {
  return eventually(() => expect(isThere(child)).to.equal(false));
}
