// SPDX-License-Identifier: Apache-2.0

import { connect } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { grpcMessage } from "../support/http2-frames.ts";

const FIRST_CALL_MS = 1000;

describe("The time until the first call of a connection", function () {
  this.timeout(60_000);
  this.slow(10_000);

  it("is no fault of a client whose call has come while the agent stood still", async () => {
    const agent: AgentProcess = await startAgent("--limit", `first-call-ms=${FIRST_CALL_MS}`);
    const session = connect(`http://${agent.host}:${agent.port}`);
    const errors: unknown[] = [];
    session.on("error", (error) => errors.push(error));
    try {
      await new Promise((resolve) => session.once("remoteSettings", resolve));
      agent.child.kill("SIGSTOP");
      const stream = session.request({
        ":method": "POST",
        ":path": "/hostscope.v1.System/BootTime",
        "content-type": "application/grpc",
        te: "trailers",
      });
      const status = new Promise<unknown>((resolve) => {
        stream.on("trailers", (trailers) => resolve(trailers["grpc-status"]));
        stream.on("error", resolve);
        stream.on("close", () => resolve("closed"));
      });
      stream.resume();
      stream.end(grpcMessage(Buffer.alloc(0)));
      await sleep(FIRST_CALL_MS + 500);
      agent.child.kill("SIGCONT");
      expect(String(await status)).to.equal("0");
      expect(errors).to.deep.equal([]);
    } finally {
      agent.child.kill("SIGCONT");
      session.destroy();
      await agent.stop();
    }
  });

  it("is over for one that makes none", async () => {
    const agent = await startAgent("--limit", `first-call-ms=${FIRST_CALL_MS}`);
    const session = connect(`http://${agent.host}:${agent.port}`);
    session.on("error", () => {});
    try {
      await new Promise((resolve) => session.once("close", resolve));
    } finally {
      session.destroy();
      await agent.stop();
    }
  });
});
