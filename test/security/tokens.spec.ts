// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Host, open } from "@hostscope/client";
import { expect } from "chai";
import { AGENT_MAIN, type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { failureOf } from "../support/failure-of.ts";
import { type CertificateFiles, Pki } from "../support/pki.ts";

/** Runs `hostscope-agent token`. */
function token(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", AGENT_MAIN, "token", ...args], {
    encoding: "utf8",
    timeout: 30_000,
  });
  return { code: status, out: stdout.trim(), err: stderr };
}

describe("Bearer tokens", () => {
  let folder: string;
  let file: string;
  let pki: Pki;
  let server: CertificateFiles;
  let agent: AgentProcess;
  let [alice, bob]: [string, string] = [] as never;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-tokens-"));
    file = join(folder, "tokens.json");
    pki = await Pki.create();
    server = await pki.issue("server", { purpose: "server", names: ["127.0.0.1"] });
    alice = token("create", "alice", "--file", file, "--roles", "viewer,operator").out;
    bob = token("create", "bob", "--file", file, "--roles", "viewer", "--expires", "30m").out;
    agent = await startAgent("--tls-cert", server.cert, "--tls-key", server.key, "--tokens", file);
  });
  after(async () => {
    await agent?.stop();
    pki?.[Symbol.dispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });
  const opened = (secret: string | (() => string)): Promise<Host> =>
    open(agent.target, { credentials: { ca: server.ca, token: secret } });

  it("are made, kept as a hash for their owner alone, listed and never shown again", () => {
    expect(alice)
      .to.match(/^hs1_[\w-]{43}$/)
      .and.not.equal(bob);
    expect(readFileSync(file, "utf8")).to.not.contain(alice).and.not.contain(alice.slice(4, 20));
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const { out, code } = token("list", "--file", file);
    expect(code).to.equal(0);
    expect(out).to.match(/^alice {2}roles viewer,operator {2}created .* expires .*\nbob {2}roles viewer /);
    expect(out).to.not.contain(alice);
  });

  it("admit their holder, from text, a function or a file", async () => {
    const path = join(folder, "token");
    writeFileSync(path, `${bob}\n`);
    await using first = await opened(alice);
    await using second = await opened(() => bob);
    await using third = await open(agent.target, { credentials: { ca: server.ca, tokenFile: path } });
    for (const host of [first, second, third]) expect(await host.pids()).to.include(process.pid);
  });

  it("are wanted by every call, and one wrong is like another", async () => {
    const none = await failureOf(open(agent.target, { credentials: { ca: server.ca } }));
    expect(none).to.include({ code: "unauthenticated", name: "Unauthenticated" });
    expect(none.message).to.contain("wants a bearer token");
    const other = `${alice.slice(0, -1)}${alice.endsWith("A") ? "B" : "A"}`;
    const texts = new Set<string>();
    for (const bad of [other, "hs1_short", `hs2_${alice.slice(4)}`, alice.toUpperCase(), "x"]) {
      const error = await failureOf(opened(bad));
      expect(error.code).to.equal("unauthenticated");
      expect(error.message).to.not.contain(bad);
      texts.add(error.message);
    }
    expect(texts.size).to.equal(1);
    expect(agent.log()).to.contain("unknown token").and.to.not.contain(alice);
  });

  it("that a file or a function does not give are no call at all", async () => {
    const missing = await failureOf(open(agent.target, { credentials: { ca: server.ca, tokenFile: "/nowhere" } }));
    expect(missing.code).to.equal("invalid_argument");
    const fails = await failureOf(
      opened(() => {
        throw new Error("the vault is shut");
      }),
    );
    expect(fails).to.include({ code: "unauthenticated" });
    expect((fails.cause as Error).cause).to.have.property("message", "the vault is shut");
    expect((await failureOf(opened(() => "a\nb"))).code).to.equal("unauthenticated");
  });

  it("are over when they are revoked, for calls in progress, too; a broken file changes nothing", async () => {
    const carol = token("create", "carol", "--file", file, "--roles", "viewer").out;
    await using host = await (async () => {
      await eventually(async () => (await opened(carol)).close());
      return opened(carol);
    })();
    const watch = host.watch({ metrics: ["virtualMemory"], interval: 1 })[Symbol.asyncIterator]();
    await watch.next();

    const sound = readFileSync(file, "utf8");
    writeFileSync(file, sound.slice(0, -40));
    await eventually(() => expect(agent.log()).to.contain("is not JSON"));
    await watch.next();
    expect(await host.bootTime()).to.be.greaterThan(0);
    writeFileSync(file, sound);

    expect(token("revoke", "carol", "--file", file).code).to.equal(0);
    const ended = await failureOf(
      (async () => {
        for (;;) await watch.next();
      })(),
    );
    expect(ended.code).to.equal("unauthenticated");
    expect((await failureOf(host.bootTime())).code).to.equal("unauthenticated");
    await using other = await opened(alice);
    expect(await other.bootTime()).to.be.greaterThan(0);
  });

  it("keep an agent from starting if others could read their file, and TLS alone is not enough", async () => {
    const copy = join(folder, "copy.json");
    writeFileSync(copy, readFileSync(file), { mode: 0o604 });
    chmodSync(copy, 0o604);
    const refusal = (...args: string[]) =>
      startAgent(...args).then(
        async (one) => `it started (${await one.stop()})`,
        (error: Error) => error.message,
      );
    expect(await refusal("--tokens", copy)).to.contain("can be read by everybody");
    const tls = ["--tls-cert", server.cert, "--tls-key", server.key];
    expect(await refusal(...tls)).to.contain("TLS alone lets everybody in");
  });

  it("that an agent cannot judge are refused, not passed over", async () => {
    const plain = await startAgent();
    try {
      const error = await failureOf(open(plain.target, { credentials: { token: alice } }));
      expect(error.code).to.equal("unauthenticated");
      expect(error.message).to.contain("takes no tokens");
    } finally {
      await plain.stop();
    }
  });
});
