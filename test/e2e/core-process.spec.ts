// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { AGENT_MAIN, type AgentProcess, startAgent, startAgentThrough } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { pythonProcess, startPython } from "../support/hostile-process.ts";
import { requireRoot } from "../support/oracle.ts";

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** The part of an agent that reads and acts on the machine, as a process of its own. */
describe("An agent whose collector is another process", () => {
  let folder: string;
  let path: string;
  let core: ChildProcess;
  let front: AgentProcess;
  let host: Host;
  const startCore = async (...flags: string[]) => {
    const args = ["--import", "tsx", AGENT_MAIN, "--serve-core", path, "--exit-with-parent", ...flags];
    core = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const first = await createInterface({ input: core.stdout as NodeJS.ReadableStream })
      [Symbol.asyncIterator]()
      .next();
    expect(first.value).to.equal(path);
  };
  const flags = ["--log-level=error", "--allow-exec", ...(isRoot ? [`--front-user=${NOBODY}`] : [])];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-core-"));
    chmodSync(folder, 0o755);
    path = join(folder, "core.sock");
    await startCore(...flags);
    const asNobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", "--no-new-privs"];
    front = await startAgentThrough(isRoot ? asNobody : [], "--core", path);
    host = await open(front.target);
  });
  after(async () => {
    await host?.close();
    await front?.stop();
    // False if it has ended.
    if (core?.kill("SIGTERM")) await once(core, "exit");
    rmSync(folder, { recursive: true, force: true });
  });

  it("has a front without rights, which tells all that the core may see", async function () {
    requireRoot.call(this);
    const uids = readFileSync(`/proc/${front.child.pid}/status`, "utf8").match(/^Uid:\s+(\d+)/m);
    expect(uids?.[1]).to.equal(String(NOBODY));
    const target = await pythonProcess("");
    try {
      const seen = await (await host.process(target.pid)).environ();
      expect(seen).to.have.property("HOME", process.env.HOME);
    } finally {
      await target.stop();
    }
  });

  it("reads, lists and watches as any other", async () => {
    expect((await host.virtualMemory()).total).to.be.greaterThan(1 << 20);
    const pids = await host.pids();
    expect(pids).to.include(core.pid as number);
    let rows = 0;
    for await (const _ of host.processIter({ attrs: ["name", "memoryMaps", "environ"] })) rows += 1;
    expect(rows).to.be.closeTo(pids.length, 20);
    let ticks = 0;
    for await (const { cpuPercent } of host.watch({ metrics: ["cpuPercent"], interval: 0.25 })) {
      expect(cpuPercent?.interval).to.be.greaterThan(0);
      if (++ticks === 3) break;
    }
  });

  it("starts programs and talks with them", async () => {
    const program = await host.popen(["/bin/cat"]);
    const size = 3 << 20;
    const { stdout } = await program.communicate(Buffer.alloc(size, 7));
    expect(stdout.length).to.equal(size);
    expect(await program.wait()).to.equal(0);
  });

  it("serves its socket to the front only", async function () {
    const { mode, gid } = statSync(path);
    expect(mode & 0o777).to.equal(0o660);
    requireRoot.call(this);
    expect(gid).to.equal(NOBODY);
    // In the socket's group, but another user.
    const program = `
import os, socket, sys
os.setgroups([${NOBODY}]); os.setgid(${NOBODY}); os.setuid(12345)
s = socket.socket(socket.AF_UNIX); s.settimeout(10); s.connect(sys.argv[1])
try:
    s.sendall(b"\\x00" * 64)
    print("got", len(s.recv(100)), flush=True)
except OSError as error: print("got 0", flush=True)
`;
    const stranger = startPython(["-c", program, path]);
    const said = once(stranger.stdout, "data");
    expect(String((await said)[0]).trim()).to.equal("got 0");
    await once(stranger, "exit");
  });

  it("says that the core is gone, and goes on when it is back", async () => {
    core.kill("SIGKILL");
    await once(core, "exit");
    const failure = await host.virtualMemory().then(
      () => null,
      (error: Error) => error,
    );
    // Whether the front has noticed already.
    expect(failure?.message).to.match(/the collector's process (cannot be reached|hung up)/);
    await startCore(...flags);
    await eventually(async () => expect((await host.virtualMemory()).total).to.be.greaterThan(1 << 20));
  });

  it("does not start without its core", async () => {
    const failure = await startAgent("--core", join(folder, "none.sock")).then(
      () => null,
      (error: Error) => error,
    );
    expect(failure?.message).to.contain("cannot be reached");
  });
});
