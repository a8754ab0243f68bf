// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { create, toBinary } from "@bufbuild/protobuf";
import { BootTimeResponseSchema } from "@hostscope/proto/gen/host";
import { expect } from "chai";
import { BareServer } from "./spec-support/bare-server.ts";

/** What a program of spec-support prints, run in a process of its own; it has to end by itself. */
async function output(program: string, ...args: string[]): Promise<Record<string, unknown>> {
  const path = fileURLToPath(new URL(`./spec-support/${program}`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", path, ...args], {
    timeout: 15_000,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("Native code", function () {
  this.timeout(20_000);

  it("is not loaded by a client of other machines, which ends once its host is closed", async () => {
    const answer = toBinary(BootTimeResponseSchema, create(BootTimeResponseSchema, { bootTime: 5 }));
    const server = new BareServer().unary("/hostscope.v1.System/BootTime", (_, reply) =>
      reply(null, Buffer.from(answer)),
    );
    try {
      const seen = await output("remote-only-child.ts", `grpc://127.0.0.1:${await server.listen()}`);
      expect(seen.bootTime).to.equal(5);
      expect(seen.asked).to.deep.equal([]);
      // That the list can be trusted: node itself is linked to some.
      expect(seen.sharedObjects).to.be.an("array").that.is.not.empty;
      expect((seen.sharedObjects as string[]).filter((path) => path.endsWith(".node"))).to.deep.equal([]);
    } finally {
      server.kill();
    }
  });

  it('that is not installed makes open("local:") fail with what to do', async () => {
    const { name, message } = await output("no-native-child.ts");
    expect(name).to.equal("Unsupported");
    expect(message).to.contain("@hostscope/native").and.contain("Cannot find package");
  });
});
