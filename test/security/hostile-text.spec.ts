// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyAudit } from "@hostscope/agent";
import { StatusCode } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { expect } from "chai";
import { AGENT_MAIN, type AgentProcess, startAgent } from "../support/agent-process.ts";
import { eventually } from "../support/eventually.ts";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { plainEnvironment } from "../support/plain-environment.ts";
import { stateFolder } from "../support/state-folder.ts";
import { TokenClient } from "../support/token-client.ts";

const { killTree, previewSignal, watch } = Process.method;

// What could move a cursor, forge a line or turn text around: controls, bidi marks, and separators of lines.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const HOSTILE = '\u001b[2J\u009b31m\r\n{"phase":"result","code":"OK"}\u202e\u2028\u0000\u007f';

describe("hostile text", function () {
  this.timeout(60_000);
  this.slow(10_000);

  const folder = mkdtempSync(join(tmpdir(), "hostscope-hostile-"));
  const audit = join(folder, "audit.jsonl");
  const state = stateFolder();
  let agent: AgentProcess;
  let client: TokenClient;
  let hostile: TestProcess;
  before(async () => {
    hostile = await pythonProcess("rename(b') R 1 (\\x1b[2J\\n')", [HOSTILE.replaceAll("\0", "")]);
    agent = await startAgent("--audit", audit, "--state-dir", state.path, "--log-level", "trace");
    client = new TokenClient(agent, new Map());
  });
  after(async () => {
    client?.close();
    await agent?.stop();
    await hostile?.stop();
    state.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("in requests and names makes one line each in the log and the audit log", async () => {
    const mutation = { reason: HOSTILE, operationId: HOSTILE };
    const { code, text } = await client.call("", killTree, { ref: { pid: BigInt(hostile.pid) }, mutation });
    expect(code, text).to.equal(StatusCode.OK);
    for (const selector of [{ name: HOSTILE }, { username: HOSTILE }]) {
      const answer = await client.call("", previewSignal, { selector, signal: 15 });
      expect(answer.code, answer.text).to.equal(StatusCode.OK);
    }
    const refused = await client.call("", watch, { anyOf: [{ allOf: [{ text: HOSTILE }] }] });
    expect(refused.code).to.equal(StatusCode.INVALID_ARGUMENT);
    expect(UNSAFE.test(refused.text), refused.text).to.equal(false);
    await eventually(() => expect(readFileSync(audit, "utf8")).to.include('"phase":"result"'));
    for (const text of [readFileSync(audit, "utf8"), agent.log()]) {
      const lines = text.split("\n");
      expect(lines.pop()).to.equal("");
      for (const line of lines) {
        expect(UNSAFE.test(line), JSON.stringify(line)).to.equal(false);
        expect(JSON.parse(line)).to.be.an("object");
      }
    }
    const { records, problems } = await verifyAudit([audit]);
    expect([records, problems]).to.deep.equal([3, []]);
  });

  it("in files and arguments does not get to the terminal of whoever asks the policy", () => {
    const file = join(folder, "policy.yaml");
    const clean = HOSTILE.replaceAll("\0", "");
    for (const [text, args] of [
      [`version: 1\n${JSON.stringify(clean)}: 1\n`, ["policy", "check", file]],
      [
        `version: 1\nbindings: [{ to: { spiffe: ${JSON.stringify(clean)} }, roles: [viewer] }]\n`,
        ["policy", "check", file],
      ],
      [
        "version: 1\nbindings: [{ to: { uid: 0 }, roles: [viewer] }]\n",
        ["policy", "explain", file, "--as", clean, "--method", "Process.Kill"],
      ],
      [
        "version: 1\nbindings: [{ to: { uid: 0 }, roles: [viewer] }]\n",
        ["policy", "explain", file, "--as", `token:${clean}`, "--method", clean],
      ],
      [`${clean}\n`, ["audit", "verify", file]],
    ] as const) {
      writeFileSync(file, text);
      const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", AGENT_MAIN, ...args], {
        encoding: "utf8",
        env: plainEnvironment(),
      });
      expect(status, stdout + stderr).to.equal(1);
      expect(UNSAFE.test((stdout + stderr).replaceAll("\n", "")), JSON.stringify(stdout + stderr)).to.equal(false);
      expect(stdout + stderr).to.not.equal("");
    }
  });
});
