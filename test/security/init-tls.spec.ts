// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "@hostscope/client";
import { expect } from "chai";
import { AGENT_MAIN, startAgent } from "../support/agent-process.ts";
import { requireOracle } from "../support/oracle.ts";

/** Runs `hostscope-agent init-tls`. */
function initTls(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", AGENT_MAIN, "init-tls", ...args], {
    encoding: "utf8",
    timeout: 30_000,
  });
  return { code: status, out: stdout, err: stderr };
}

describe("hostscope-agent init-tls", () => {
  let folder: string;
  let made: ReturnType<typeof initTls>;
  const at = (...parts: string[]) => join(folder, "pki", ...parts);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-init-"));
    made = initTls(at(), "--hosts", "127.0.0.1+localhost,db8.example", "--clients", "admin,spiffe://corp.example/ops");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is one of three commands to two hosts that know each other", async () => {
    expect(made.err).to.equal("");
    expect(made.code).to.equal(0);
    const [, command = ""] = /hostscope-agent ([\s\S]*?)\nand for a client/.exec(made.out) ?? [];
    const args = command
      .replace(/\\\n/g, " ")
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/^127\.0\.0\.1\//, `${at()}/127.0.0.1/`));
    expect(args.splice(0, 2)).to.deep.equal(["--listen", "0.0.0.0:7443"]);
    const agent = await startAgent("--listen", "127.0.0.1:0", ...args);
    try {
      for (const client of ["admin", "corp.example_ops"]) {
        const credentials = { ca: at(client, "ca.crt"), cert: at(client, "tls.crt"), key: at(client, "tls.key") };
        await using host = await open(agent.target, { credentials });
        expect(await host.pids()).to.include(process.pid);
      }
      expect(made.out).to.contain(`ca: "${at("admin", "ca.crt")}"`);
    } finally {
      await agent.stop();
    }
  });

  it("makes certificates that OpenSSL finds right, each for its purpose alone", function () {
    requireOracle.call(this, "openssl", spawnSync("openssl", ["version"]).status === 0);
    const openssl = (...args: string[]) => spawnSync("openssl", args, { encoding: "utf8" });
    const verify = (purpose: string, path: string) =>
      openssl("verify", "-x509_strict", "-purpose", purpose, "-CAfile", at("ca", "ca.crt"), path).status;
    expect(verify("sslserver", at("127.0.0.1", "tls.crt"))).to.equal(0);
    expect(verify("sslclient", at("admin", "tls.crt"))).to.equal(0);
    expect(verify("sslclient", at("127.0.0.1", "tls.crt"))).to.not.equal(0);
    expect(verify("sslserver", at("admin", "tls.crt"))).to.not.equal(0);
    const text = openssl("x509", "-in", at("127.0.0.1", "tls.crt"), "-noout", "-text").stdout;
    expect(text).to.contain("IP Address:127.0.0.1, DNS:localhost").and.to.contain("prime256v1");
    expect(
      openssl("x509", "-in", at("127.0.0.1", "tls.crt"), "-noout", "-checkend", String(396 * 86_400)).status,
    ).to.equal(0);
    expect(
      openssl("x509", "-in", at("127.0.0.1", "tls.crt"), "-noout", "-checkend", String(398 * 86_400)).status,
    ).to.equal(1);
  });

  it("keeps keys for their owner, and overwrites nothing when it is run again for more", () => {
    for (const path of [at("ca", "ca.key"), at("127.0.0.1", "tls.key"), at("admin", "tls.key")]) {
      expect(statSync(path).mode & 0o777, path).to.equal(0o600);
    }
    const files = [at("ca", "ca.crt"), at("ca", "ca.key"), at("127.0.0.1", "tls.crt"), at("admin", "tls.key")];
    const before = files.map((path) => readFileSync(path, "utf8"));
    const again = initTls(at(), "--hosts", "127.0.0.1,db9.example");
    expect(again.code).to.equal(0);
    expect(again.err).to.contain("127.0.0.1 is there and stays as it is");
    expect(files.map((path) => readFileSync(path, "utf8"))).to.deep.equal(before);
    const verified = spawnSync("openssl", ["verify", "-CAfile", at("ca", "ca.crt"), at("db9.example", "tls.crt")]);
    if (verified.error === undefined) expect(verified.status).to.equal(0);
  });

  it("says what is wrong with what it is told, and makes nothing then", () => {
    const cases: [string[], RegExp][] = [
      [[at("x"), "--hosts", "a_b/../c"], /neither a DNS name nor an address/],
      [[at("x"), "--hosts", "ca"], /cannot have a folder of its own/],
    ];
    for (const [args, words] of cases) {
      const { code, err } = initTls(...args);
      expect(err, args.join(" ")).to.match(words);
      expect(code).to.equal(64);
    }
    expect(() => statSync(at("x"))).to.throw("ENOENT");
  });
});
