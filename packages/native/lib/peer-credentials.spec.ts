// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StatusCode, StatusError } from "@hostscope/proto";
import { expect } from "chai";
import { loadPeerCredentials } from "./peer-credentials.ts";

const fdOf = (socket: Socket): number => (socket as unknown as { _handle: { fd: number } })._handle.fd;

describe("Credentials of a socket's peer", () => {
  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  it("are those of the process that connected, its groups among them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hostscope-peer-"));
    const server = createServer();
    try {
      await new Promise<void>((resolve) => server.listen(join(folder, "socket"), resolve));
      const client = connect(join(folder, "socket"));
      const socket = await new Promise<Socket>((resolve) => server.once("connection", resolve));
      const peer = loadPeerCredentials()(fdOf(socket));
      const [uid, gid] = [process.geteuid?.(), process.getegid?.()];
      expect(peer).to.deep.include({ uid, gid, pid: process.pid });
      const groups = spawnSync("id", ["-G"], { encoding: "utf8" }).stdout.trim().split(" ").map(Number);
      expect(new Set([...peer.groups, gid])).to.deep.equal(new Set(groups));
      client.destroy();
      socket.destroy();
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("fail for what is no such socket", () => {
    try {
      loadPeerCredentials()(-1);
      expect.fail("no failure");
    } catch (error) {
      expect(error).to.be.instanceOf(StatusError);
      expect((error as StatusError).code).not.to.equal(StatusCode.OK);
      expect((error as StatusError).message).to.contain("EBADF");
    }
  });
});
