// SPDX-License-Identifier: Apache-2.0
// `npm start -- TARGET`: a host whose agent runs already, here one with TLS.

import { execFile } from "node:child_process";
import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { type CertificateFiles, Pki, tlsFlags } from "../support/pki.ts";
import { commandLine, descendants } from "../support/process-tree.ts";
import { TerminalProgram } from "../support/terminal-program.ts";

const MAIN = ["--import", "tsx", fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url))];

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(process.execPath, [...MAIN, ...args], { encoding: "utf8" }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });

describe("npm start -- TARGET", function () {
  this.timeout(120_000);
  let pki: Pki;
  let agent: AgentProcess;
  let client: CertificateFiles;
  before(async () => {
    pki = await Pki.create();
    const server = await pki.issue("server", { purpose: "server", names: ["127.0.0.1"] });
    client = await pki.issue("client", { names: ["ops.example"] });
    agent = await startAgent(...tlsFlags(server, "ops.example"));
  });
  after(async () => {
    await agent?.stop();
    pki?.[Symbol.dispose]();
  });
  const known = () => ["--ca", client.ca, "--cert", client.cert, "--key", client.key];

  it("prints one snapshot of that host", async () => {
    const { code, stdout, stderr } = await run(agent.target, "--once", "--json", ...known());
    expect(code, stderr).to.equal(0);
    const snapshot = JSON.parse(stdout);
    expect(snapshot.host).to.equal(hostname());
    const commands: string[] = snapshot.processes.map(({ cmdline }: { cmdline: string[] }) => cmdline.join(" "));
    expect(commands.some((command) => command.includes("--tls-key"))).to.equal(true);
  });

  it("shows it live without an agent of its own, and says when it is lost and found again", async () => {
    const program = new TerminalProgram([process.execPath, ...MAIN, agent.target, ...known()], {
      columns: 90,
      rows: 24,
    });
    try {
      await program.until(({ frames }) => frames.length > 1);
      expect(program.frames[0]?.[0]).to.include(hostname());
      const commands = descendants(program.pid).map(commandLine);
      expect(commands.filter((command) => command.includes("--exit-with-parent"))).to.deep.equal([]);
      const { port } = agent;
      const flags = agent.child.spawnargs.slice(agent.child.spawnargs.indexOf("--tls-cert"));
      await agent.stop();
      await program.until(({ frames }) => /values are \d+ s old/.test(frames.at(-1)?.at(-1) ?? ""));
      agent = await startAgent("--listen", `127.0.0.1:${port}`, ...flags);
      await program.until(({ frames }) => /after a gap/.test(frames.at(-1)?.at(-1) ?? ""));
      program.press("q");
      expect(await program.ended()).to.equal(0);
    } finally {
      program.signal("SIGKILL");
      await program.ended();
    }
  });

  it("says in one line why a host cannot be shown", async () => {
    const cases: readonly (readonly [string[], RegExp])[] = [
      [[agent.target], /certificate/],
      [[agent.target, "--ca", client.ca], /certificate/],
      [[agent.target, "--ca", "/nowhere/ca.crt"], /\/nowhere\/ca\.crt/],
      [["grpc://127.0.0.1:1"], /127\.0\.0\.1:1 cannot be reached/],
      [["db1.example"], /is no target/],
      [["grpc://db1.example:7440"], /insecure/],
    ];
    for (const [args, words] of cases) {
      const { code, stdout, stderr } = await run("--once", ...args);
      expect([code, stdout], args.join(" ")).to.deep.equal([1, ""]);
      expect(stderr)
        .to.match(words)
        .and.to.match(/^hostscope: [^\n]+\n$/);
    }
  });
});
