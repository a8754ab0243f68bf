// SPDX-License-Identifier: Apache-2.0
// An agent behind a named pipe of Windows, and a client there.

import { randomBytes } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import {
  runOnWindows,
  type WindowsProgram,
  windowsPackageFile,
  windowsPath,
  windowsProgram,
} from "../support/windows-machine.ts";

/** What the builtin policy knows by its SID: Wine's only user is an administrator. */
const ADMINISTRATORS = "S-1-5-32-544";

describe("A named pipe of Windows", function () {
  this.timeout(300_000);
  const program = windowsPackageFile("@hostscope", "agent", "dist", "main.js");
  const programs: WindowsProgram[] = [];
  afterEach(async () => {
    for (const each of programs.splice(0)) await each.stop();
  });

  const run = (...args: string[]) => {
    const started = runOnWindows(...args);
    programs.push(started);
    return started;
  };
  const newPipe = () => `npipe:////./pipe/hostscope-${randomBytes(4).toString("hex")}`;

  /** Starts an agent there, and gives it and its pipe. */
  async function serve(...flags: string[]): Promise<{ agent: WindowsProgram; pipe: string }> {
    const pipe = newPipe();
    const agent = run(program, "--listen", pipe, "--log-level", "debug", ...flags);
    await eventually(() => expect(agent.output(), agent.errors()).to.equal(`${pipe}\n`), 60_000);
    return { agent, pipe };
  }

  async function ask(pipe: string, program = "over-pipe"): Promise<Record<string, unknown>> {
    const client = run(windowsProgram(program), pipe);
    await client.ended;
    expect(client.output(), client.errors()).to.match(/^\{.*\}\n$/);
    return JSON.parse(client.output()) as Record<string, unknown>;
  }

  const lines = (program: WindowsProgram) =>
    program
      .errors()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it("is asked and watched by who may, whom Windows names", async () => {
    const { agent, pipe } = await serve();
    for (let client = 0; client < 2; client++) {
      const said = await ask(pipe);
      expect(said).to.include({ name: "node.exe" });
      expect(said.info).to.include({ platform: "windows" });
      expect(said.percents).to.have.length(2);
      expect(said.binpath).to.match(/\.exe/i);
    }
    const connections = lines(agent).filter(({ via }) => via === "pipe");
    expect(connections).to.have.length(2);
    for (const { peer } of connections) expect(peer).to.match(/^pipe:S-1-5-21-\d+-\d+-\d+-\d+$/);
  });

  it("lets in whom the policy means by their groups, and nobody else", async () => {
    const policy = windowsPackageFile("..", "pipe policy.yaml");
    const give = (sid: string) =>
      writeFileSync(policy, `version: 1\nbindings: [{ to: { sid: ${sid} }, roles: [viewer] }]\n`, { mode: 0o600 });
    give(ADMINISTRATORS);
    const { pipe } = await serve("--policy", windowsPath(policy));
    // A viewer sees no arguments, and a service's program has some.
    expect(await ask(pipe)).to.include({ name: "node.exe", binpath: "PermissionDenied" });
    give("S-1-5-32-546"); // guests
    const others = await serve("--policy", windowsPath(policy));
    expect(await ask(others.pipe)).to.include({ failure: "PermissionDenied" });
  });

  it("binds what is done to processes by the policy's signals and accounts", async () => {
    const policy = windowsPackageFile("..", "control policy.yaml");
    const give = (conditions: string) =>
      writeFileSync(
        policy,
        `version: 1
roles: { control: { extends: [viewer], allow: [{ permission: process.control.signal, ${conditions} }] } }
bindings: [{ to: { sid: ${ADMINISTRATORS} }, roles: [control] }]
`,
        { mode: 0o600 },
      );
    const said = async (conditions: string) => {
      give(conditions);
      const { agent, pipe } = await serve("--policy", windowsPath(policy));
      const answer = await ask(pipe, "control-over-pipe");
      await agent.stop();
      return answer;
    };
    const refused = "PermissionDenied";
    const { username, ...byTerm } = await said("signals: [TERM]");
    expect(byTerm).to.deep.equal({ suspend: refused, lease: refused, resume: refused, kill: refused, terminate: null });
    expect(await said("signals: [STOP, CONT]")).to.include({
      suspend: null,
      resume: null,
      kill: refused,
      terminate: refused,
    });
    const byAccount = await said(`signals: [TERM], accounts: ["${String(username).replaceAll("\\", "\\\\")}"]`);
    expect(byAccount).to.include({ terminate: null });
    expect(await said('signals: [TERM], accounts: ["S-1-5-18"]')).to.include({ terminate: refused });
  });

  it("is not served by a policy that others may write", async () => {
    const policy = windowsPackageFile("..", "everybody's policy.yaml");
    writeFileSync(policy, "version: 1\n");
    chmodSync(policy, 0o666);
    const agent = run(program, "--listen", newPipe(), "--policy", windowsPath(policy));
    expect(await agent.ended).to.equal(69);
    expect(lines(agent).at(-1)?.msg).to.match(/can be written by others \(S-1-1-0\)/);
  });

  it("fails for a client with nobody behind it", async () => {
    expect(await ask(newPipe())).to.include({ failure: "HostUnreachable" });
  });
});
