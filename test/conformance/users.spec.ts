// SPDX-License-Identifier: Apache-2.0

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { type AgentProcess, startAgentThrough } from "../support/agent-process.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { describeOnMachine } from "../support/expected.ts";
import { requireMachine } from "../support/oracle.ts";
import { itProves } from "../support/proofs.ts";
import { requirePsutil } from "../support/python.ts";
import { utmpFile } from "../support/utmp.ts";

type Session = { name: string; terminal: string | null; host: string; started: number; pid: number };
const PRINT_USERS = "import json, psutil; print(json.dumps([user._asdict() for user in psutil.users()]))";

/** psutil keeps the begin of a session in 32 bits of floating point, which is up to a minute off. */
const roughly = <T extends { started: number }>(users: readonly T[]) =>
  users.map((user) => ({ ...user, started: Math.fround(user.started) }));

/** psutil's users, with our name for local sessions, seen by a Python that `command` runs. */
function psutilUsers(python: string, command: readonly string[] = []): Session[] {
  const text = execFileSync("env", [...command, python, "-c", PRINT_USERS], { encoding: "utf8" });
  const users = JSON.parse(text) as Session[];
  return users.map((user) => ({ ...user, host: user.host === "" ? "localhost" : user.host }));
}

describeOnEveryTransport("Users against psutil", (host) => {
  it("are the host's sessions as they are", async function () {
    const python = requirePsutil.call(this);
    const theirs = psutilUsers(python);
    const utmp = spawnSync("test", ["-e", "/var/run/utmp"]).status === 0;
    // Without utmp psutil knows of nobody, and we ask what logind keeps.
    if (utmp) expect(roughly(await host().users())).to.deep.equal(roughly(theirs));
    else expect(theirs).to.deep.equal([]);
  });
});

describeOnMachine("Users of a host that somebody logged in to", () => {
  const inNamespace = [
    ["unshare", "--mount", ...(process.getuid?.() === 0 ? [] : ["--map-root-user"])],
    ["sh", "-c", 'mount -t tmpfs none /run && cp "$0" /run/utmp && exec "$@"'],
  ].flat();
  const begin = Math.floor(Date.now() / 1000) - 3600;
  let folder: string;
  let command: string[];
  let agent: AgentProcess;
  let host: Host;
  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "hostscope-utmp-"));
    const utmp = join(folder, "utmp");
    writeFileSync(
      utmp,
      utmpFile([
        { type: 2, pid: 0, user: "reboot", line: "~", host: "6.1.0", time: begin - 60 },
        { type: 7, pid: process.pid, user: "alice", line: "pts/7", host: "192.0.2.7", time: begin },
        { type: 7, pid: process.pid, user: "bob", line: "tty1", host: "", time: begin + 1 },
        { type: 8, pid: process.pid, user: "", line: "pts/8", host: "", time: begin + 2 },
        { type: 7, pid: process.pid, user: "carol", line: "tty7", host: ":0", time: begin + 3 },
      ]),
    );
    command = [...inNamespace, utmp];
    requireMachine.call(this, "a mount namespace", spawnSync("env", [...command, "true"]).status === 0);
    agent = await startAgentThrough(command);
    host = await open(agent.target);
  });
  after(async () => {
    await host?.close();
    await agent?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  itProves("are psutil's", ["host.users"], async function () {
    const python = requirePsutil.call(this);
    const users = await host.users();
    expect(roughly(users)).to.deep.equal(roughly(psutilUsers(python, command)));
    expect(users.map(({ name, host, started }) => [name, host, started])).to.deep.equal([
      ["alice", "192.0.2.7", begin],
      ["bob", "localhost", begin + 1],
      ["carol", "localhost", begin + 3],
    ]);
  });

  it("are who's", async () => {
    const lines = execFileSync("env", [...command, "who", "--users"], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    });
    const rows = lines
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/\s+/));
    const users = await host.users();
    expect(users.map(({ name, terminal, pid }) => [name, terminal, String(pid)])).to.deep.equal(
      rows.map((row) => [row[0], row[1], row.find((word) => word === String(process.pid))]),
    );
  });
});
