// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { fromBinary } from "@bufbuild/protobuf";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";

const run = promisify(execFile);

describe("buf curl, with nothing but an address", () => {
  let agent: AgentProcess;
  before(async () => {
    agent = await startAgent();
  });
  after(() => agent?.stop());

  const curl = async (method: string, body = "{}"): Promise<string> => {
    const url = `http://${agent.host}:${agent.port}/${method}`;
    const args = ["--no-install", "buf", "curl", "--protocol", "grpc", "--http2-prior-knowledge", "-d", body, url];
    return (await run("npx", args)).stdout;
  };

  it("calls a System method", async () => {
    const answer = JSON.parse(await curl("hostscope.v1.System/BootTime"));
    const btime = Number(/^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1]);
    expect(JSON.stringify(answer)).to.contain(String(btime));
  });

  it("calls a Process method with a ref and attribute names", async () => {
    const body = '{"ref": {"pid": 1}, "attributes": ["PROCESS_ATTRIBUTE_NAME", "PROCESS_ATTRIBUTE_PPID"]}';
    const { process } = JSON.parse(await curl("hostscope.v1.Process/Get", body));
    expect(process.name).to.equal(readFileSync("/proc/1/comm", "utf8").trim());
    expect(Number(process.ppid ?? 0)).to.equal(0);
  });

  it("reads the details of an error", async () => {
    const error = await curl("hostscope.v1.Process/Get", '{"ref": {"pid": 4194305}}').then(
      () => expect.fail("no error"),
      (failure: { stderr: string }) => failure.stderr,
    );
    const { code, details } = JSON.parse(error) as { code: string; details: { type: string; value: string }[] };
    expect(code).to.equal("not_found");
    expect(details.map(({ type }) => type)).to.deep.equal(["hostscope.v1.ErrorDetail"]);
    const detail = fromBinary(ErrorDetailSchema, Buffer.from(details[0]?.value ?? "", "base64"));
    expect(detail.reason).to.equal(ErrorReason.NO_SUCH_PROCESS);
    expect(detail.pid).to.equal(4194305n);
  });

  it("hears of an RPC that its platform lacks that it is unimplemented", async () => {
    const error = await curl("hostscope.v1.WinService/WinServiceIter", "{}").then(
      () => expect.fail("no error"),
      (failure: { stderr: string }) => failure.stderr,
    );
    expect(error).to.contain("unimplemented").and.to.contain("WinService.WinServiceIter");
  });
});
