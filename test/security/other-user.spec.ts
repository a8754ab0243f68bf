// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { AGENT_MAIN, type AgentProcess, startAgent } from "../support/agent-process.ts";
import { requireRoot } from "../support/oracle.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

/** Tries all that another user of the machine might, and prints what worked. */
const ATTACK = `
import os, socket, sys
root, run, pid = sys.argv[1], sys.argv[2], sys.argv[3]
os.setgroups([]); os.setgid(65534); os.setuid(65534)
done = []
def attempt(name, act):
    try:
        if act() is not False: done.append(name)
    except OSError: pass
for folder in (root, run):
    for base, folders, files in os.walk(folder):
        for name in files + folders:
            path = os.path.join(base, name)
            attempt("write " + path, lambda: os.close(os.open(path, os.O_WRONLY)))
            attempt("remove " + path, lambda: os.unlink(path))
            attempt("rename " + path, lambda: os.rename(path, path + ".x"))
            # Certificates are no secret.
            if name in files and not path.endswith(".crt"): attempt("read " + path, lambda: open(path).read())
        attempt("create in " + base, lambda: os.close(os.open(os.path.join(base, "planted"), os.O_CREAT | os.O_WRONLY)))
def connect(path):
    s = socket.socket(socket.AF_UNIX); s.settimeout(3); s.connect(path)
attempt("connect", lambda: connect(os.path.join(run, "agent.sock")))
for name in ("mem", "environ", "maps", "fd", "io"):
    attempt("read /proc/" + name, lambda: os.listdir(f"/proc/{pid}/fd") if name == "fd" else open(f"/proc/{pid}/{name}", "rb").read(1))
attempt("signal", lambda: os.kill(int(pid), 0))
print("\\n".join(done))
`;

describe("Another user of the machine", function () {
  // Agents take their time to start where a lot else goes on.
  this.timeout(120_000);
  let folder: string;
  let agent: AgentProcess;
  let [pki, run]: [string, string] = [] as never;
  before(async function () {
    requireRoot.call(this);
    folder = mkdtempSync(join(tmpdir(), "hostscope-other-"));
    chmodSync(folder, 0o755);
    [pki, run] = [join(folder, "pki"), join(folder, "run")];
    mkdirSync(run, { mode: 0o755 });
    const own = (...args: string[]) =>
      spawnSync(process.execPath, ["--import", "tsx", AGENT_MAIN, ...args], { encoding: "utf8", timeout: 100_000 });
    expect(own("init-tls", pki, "--hosts", "127.0.0.1", "--clients", "admin").status).to.equal(0);
    const tokens = join(run, "tokens.json");
    expect(own("token", "create", "ci", "--file", tokens).status).to.equal(0);
    const host = join(pki, "127.0.0.1");
    const tls = [
      "--tls-cert",
      join(host, "tls.crt"),
      "--tls-key",
      join(host, "tls.key"),
      "--client-ca",
      join(host, "ca.crt"),
    ];
    agent = await startAgent(
      "--listen",
      `unix:${run}/agent.sock`,
      "--listen",
      "127.0.0.1:0",
      ...tls,
      "--tokens",
      tokens,
    );
  });
  after(async () => {
    await agent?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  const attack = () =>
    spawnSync("python3", ["-c", ATTACK, pki, run, String(agent.child.pid)], {
      encoding: "utf8",
      env: plainEnvironment(),
      timeout: 100_000,
    });

  it("reads, writes, removes and reaches nothing of the agent's, by its files, its socket or its process", () => {
    const { stdout, stderr, status } = attack();
    expect(status, stderr).to.equal(0);
    expect(stdout.trim()).to.equal("");
  });

  it("would be seen to, if there were a way", () => {
    writeFileSync(join(run, "open"), "secret");
    chmodSync(join(run, "open"), 0o646);
    const ways = attack().stdout;
    rmSync(join(run, "open"));
    expect(ways).to.contain("write ").and.to.contain("read ");
  });
});
