// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { requireOracle } from "../support/oracle.ts";
import { findPython } from "../support/python.ts";

const run = promisify(execFile);
const STRANGER = fileURLToPath(new URL("./grpcio_stranger.py", import.meta.url));

describe("A Python program with grpcio", () => {
  let agent: AgentProcess;
  let python: string;
  before(async function () {
    const found = findPython(["grpc", "google.protobuf"]);
    requireOracle.call(this, "python3-grpcio and python3-protobuf", found !== null);
    python = found as string;
    agent = await startAgent();
  });
  after(() => agent?.stop());

  it("learns the schema by reflection and reads this host", async () => {
    const { stdout } = await run(python, [STRANGER, `${agent.host}:${agent.port}`]);
    const answer = JSON.parse(stdout);
    const total = Number(/MemTotal:\s+(\d+)/.exec(readFileSync("/proc/meminfo", "utf8"))?.[1]) * 1024;
    const memory = answer.memory.memory ?? answer.memory.virtual_memory ?? answer.memory;
    expect(Number(memory.total)).to.equal(total);
    expect(answer.process.process.name).to.equal(readFileSync("/proc/1/comm", "utf8").trim());
    expect(answer.process.process.status).to.match(/^PROCESS_STATUS_/);
    expect(answer.pids).to.include(1).and.to.include(process.pid);
    expect(answer.missing).to.equal("NOT_FOUND");
  });
});
