// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { nodeReleaseWarning } from "./node-release.ts";

/** Runs code that logs in a child process, as the log writes to standard error itself. */
function logged(code: string): string {
  const module = fileURLToPath(new URL("./log.ts", import.meta.url));
  const script = `import { createLogger, adoptGrpcLog } from ${JSON.stringify(module)};\n${code}`;
  const args = ["--import=tsx", "--input-type=module", "-e", script];
  // Code without a file resolves its imports from the working directory.
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const child = spawnSync(process.execPath, args, { encoding: "utf8", cwd });
  expect(child.status, child.stderr).to.equal(0);
  expect(child.stdout).to.equal("");
  return child.stderr;
}

describe("log", () => {
  it("is one JSON line per event, whatever text is in it", () => {
    const text = 'a\nb\r\0\u001b[2J\u007f\u009b\u202e\u2028\ud800"\\';
    const lines = logged(`createLogger("info").info({ text: ${JSON.stringify(text)} }, ${JSON.stringify(text)});`);
    expect(lines.split("\n").length).to.equal(2);
    expect(lines).to.match(/^[\x20-\x7e]*\n$/);
    const event = JSON.parse(lines) as Record<string, unknown>;
    expect(event).to.include({ level: "info", text, msg: text });
    expect(event.time).to.match(/^\d{4}-\d\d-\d\dT/);
  });

  it("keeps its level, and grpc-js to it", () => {
    expect(logged(`createLogger("error").info("hidden");`)).to.equal("");
    // A bind that fails is what grpc-js complains of by itself.
    const complain = `
      import { Server, ServerCredentials } from "@grpc/grpc-js";
      adoptGrpcLog(createLogger(LEVEL));
      new Server().bindAsync("192.0.2.1:0", ServerCredentials.createInsecure(), () => {});`;
    expect(logged(complain.replace("LEVEL", '"info"'))).to.equal("");
    const line = logged(complain.replace("LEVEL", '"debug"'));
    expect(JSON.parse(line)).to.include({ level: "debug", from: "grpc-js" });
  });
});

describe("the Node release", () => {
  it("is warned about when it is past its end of life", () => {
    for (const old of ["v20.20.2", "v18.0.0", "v21.1.0"])
      expect(nodeReleaseWarning(old)).to.contain(`Node ${old} is past`);
    for (const fine of ["v22.0.0", "v24.1.0", "v26.0.0", "v100.0.0"]) expect(nodeReleaseWarning(fine)).to.equal(null);
  });
});
