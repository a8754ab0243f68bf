// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "@hostscope/client";
import { expect } from "chai";
import { startAgent } from "../support/agent-process.ts";
import { requireRoot } from "../support/oracle.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const NOBODY = 65534;
const GROUP = 60_001;

/** Tries to connect and to send, as another user; what came of it. */
const ATTEMPT = `
import os, socket, sys
path, uid, groups = sys.argv[1], int(sys.argv[2]), [int(g) for g in sys.argv[3].split(",") if g]
os.setgroups(groups); os.setgid(uid); os.setuid(uid)
s = socket.socket(socket.AF_UNIX)
s.settimeout(5)
try:
    s.connect(path)
    s.sendall(b"PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    print("answered" if s.recv(64) else "closed")
except OSError as error:
    print(type(error).__name__)
`;

function attempt(path: string, uid: number, groups: readonly number[] = []): string {
  const args = ["-c", ATTEMPT, path, String(uid), groups.join(",")];
  return spawnSync("python3", args, { encoding: "utf8", env: plainEnvironment(), timeout: 20_000 }).stdout.trim();
}

describe("A UNIX socket", function () {
  // Agents take their time to start where a lot else goes on.
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-unix-"));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const refusal = (...args: string[]) =>
    startAgent(...args).then(
      async (agent) => `it started (${await agent.stop()})`,
      (error: Error) => error.message,
    );

  it("is for its owner and group, serves beside TCP, and is gone when the agent is", async () => {
    const path = join(folder, "agent.sock");
    const agent = await startAgent("--listen", `unix:${path}`, "--listen", "127.0.0.1:0");
    expect(agent.target).to.equal(`unix:${path}`);
    const { mode, uid } = statSync(path);
    expect(mode & 0o7777).to.equal(0o660);
    expect(uid).to.equal(process.getuid?.());
    await using host = await open(agent.target);
    expect(await host.pids()).to.include(process.pid);
    expect(await agent.stop()).to.equal(0);
    expect(existsSync(path)).to.equal(false);
  });

  it("lets in the group it is given to, and no other user", async function () {
    requireRoot.call(this);
    const path = join(folder, "agent.sock");
    const agent = await startAgent("--listen", `unix:${path}`, "--socket-group", String(GROUP));
    try {
      expect(statSync(path).gid).to.equal(GROUP);
      expect(attempt(path, NOBODY, [GROUP])).to.equal("answered");
      expect(attempt(path, NOBODY)).to.equal("PermissionError");
      expect(attempt(path, 60_002, [60_002])).to.equal("PermissionError");
    } finally {
      await agent.stop();
    }
  });

  it("takes the place of one that nobody serves any more, and of no other", async () => {
    const path = join(folder, "agent.sock");
    const first = await startAgent("--listen", `unix:${path}`);
    const second = await refusal("--listen", `unix:${path}`);
    expect(second).to.contain("is served already");
    first.child.kill("SIGKILL");
    await first.stop();
    expect(lstatSync(path).isSocket()).to.equal(true);
    const third = await startAgent("--listen", `unix:${path}`);
    await using host = await open(third.target);
    expect(await host.bootTime()).to.be.greaterThan(0);
    await third.stop();
  });

  it("is served by one of many agents that start at once", async () => {
    const path = join(folder, "agent.sock");
    const starts = await Promise.allSettled([1, 2, 3].map(() => startAgent("--listen", `unix:${path}`)));
    const started = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
    try {
      expect(started).to.have.length(1);
      await using host = await open(`unix:${path}`);
      expect((await host.process(started[0]?.child.pid ?? 0)).pid).to.equal(started[0]?.child.pid);
    } finally {
      await Promise.all(started.map((agent) => agent.stop()));
    }
  });

  it("counts connections by user", async function () {
    requireRoot.call(this);
    const path = join(folder, "agent.sock");
    const agent = await startAgent("--listen", `unix:${path}`, "--limit", "connections-per-user=1");
    try {
      await using host = await open(agent.target);
      chmodSync(path, 0o666);
      expect(attempt(path, 0)).to.be.oneOf(["closed", "ConnectionResetError", "BrokenPipeError"]);
      expect(attempt(path, NOBODY)).to.equal("answered");
      expect(await host.bootTime()).to.be.greaterThan(0);
    } finally {
      await agent.stop();
    }
  });
});
