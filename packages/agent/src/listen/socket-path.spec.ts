// SPDX-License-Identifier: Apache-2.0

import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { AgentStartError } from "../agent-start-error.ts";
import { checkFolder } from "./socket-folder.ts";
import { SocketPath } from "./socket-path.ts";

const NOBODY = 65534;

describe("The path of a socket", () => {
  let folder: string;
  const servers: Server[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-socket-"));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const listen = async (path: string): Promise<Server> => {
    const server = createServer((socket) => socket.destroy());
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return server;
  };
  const placed = async (path: string): Promise<SocketPath> => {
    const place = new SocketPath(path);
    await listen(place.draft);
    await place.place(null);
    return place;
  };
  const refusal = async (work: () => unknown): Promise<string> => {
    try {
      await work();
    } catch (error) {
      expect(error).to.be.instanceOf(AgentStartError);
      return (error as Error).message;
    }
    return "no refusal";
  };

  it("holds the socket with its mode, and nothing else is left beside it", async () => {
    const place = await placed(join(folder, "a.sock"));
    expect(lstatSync(place.path).mode & 0o7777).to.equal(0o660);
    expect(existsSync(place.draft)).to.equal(false);
    place.remove();
    expect(existsSync(place.path)).to.equal(false);
  });

  it("is not in a folder that others can write, nor below one", async () => {
    const path = join(folder, "open");
    const below = join(path, "below");
    mkdirSync(below, { recursive: true });
    for (const mode of [0o777, 0o775, 0o1777]) {
      chmodSync(path, mode);
      expect(await refusal(() => checkFolder(path))).to.contain("can be written by others");
    }
    // Below a folder like /tmp nobody can move what is ours.
    expect(checkFolder(below)).to.equal(below);
    chmodSync(path, 0o777);
    expect(await refusal(() => checkFolder(below))).to.contain("can be written by others");
    expect(await refusal(() => checkFolder(join(folder, "none")))).to.contain("does not exist");
    const link = join(folder, "link");
    symlinkSync(path, link);
    expect(await refusal(() => checkFolder(link))).to.contain("can be written by others");
  });

  it("is not in a folder of another user", async function () {
    if (process.getuid?.() !== 0) {
      Object.assign(this.test as Mocha.Test, { skipReason: "it takes root" });
      this.skip();
    }
    const path = join(folder, "foreign");
    mkdirSync(path, { mode: 0o755 });
    chownSync(path, NOBODY, NOBODY);
    expect(await refusal(() => checkFolder(path))).to.contain("belongs to another user");
  });

  it("is not taken from what is no socket, nor from one that is served", async () => {
    const path = join(folder, "a.sock");
    writeFileSync(path, "precious");
    expect(await refusal(() => placed(path))).to.contain("is no socket; it is left alone");
    rmSync(path);
    symlinkSync("/dev/null", path);
    expect(await refusal(() => placed(path))).to.contain("is no socket; it is left alone");
    expect(lstatSync(path).isSymbolicLink()).to.equal(true);
    rmSync(path);
    await listen(path);
    expect(await refusal(() => placed(path))).to.contain("is served already");
  });

  it("goes to one of many that want it at once, stale socket or not", async () => {
    for (const stale of [false, true]) {
      const path = join(folder, `b${stale}.sock`);
      if (stale) {
        // A hard link outlives its server, as a socket outlives an agent that was killed.
        const place = await placed(path);
        servers.pop()?.close();
        expect(lstatSync(place.path).isSocket()).to.equal(true);
      }
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => placed(path)));
      expect(results.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    }
  });

  it("is not removed when another socket has taken its place", async () => {
    const place = await placed(join(folder, "a.sock"));
    rmSync(place.path);
    await listen(place.path);
    place.remove();
    expect(lstatSync(place.path).isSocket()).to.equal(true);
  });
});
