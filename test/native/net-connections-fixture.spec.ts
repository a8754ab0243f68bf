// SPDX-License-Identifier: Apache-2.0

import { closeSync, mkdirSync, openSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { DeadlineExceeded, type Host, InternalError, open } from "@hostscope/client";
import { createCollector } from "@hostscope/native";
import { describeMethod, StatusCode, StatusError } from "@hostscope/proto";
import { type ConnectionKind, NetConnectionsRequestSchema } from "@hostscope/proto/gen/network";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { ProcTree } from "../support/proc-tree.ts";

const HEADING = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const UNIX_HEADING = "Num       RefCount Protocol Flags    Type St Inode Path\n";
const inet = (local: string, remote: string, state: string, inode: number) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0\n`;
const unix = (type: string, inode: number, path = "") =>
  `0000000000000000: 00000002 00000000 00010000 ${type} 01 ${inode}${path === "" ? "" : ` ${path}`}\n`;
const NOWHERE = "00000000:0000";

/** A process's descriptors: what each link says. */
function descriptors(tree: ProcTree, pid: number, targets: Record<number, string>): void {
  const folder = join(tree.root, String(pid), "fd");
  mkdirSync(folder, { recursive: true });
  for (const [fd, target] of Object.entries(targets)) symlinkSync(target, join(folder, fd));
}

describe("Sockets of a tree of files", () => {
  const tree = new ProcTree();
  let host: Host;
  before(async () => {
    tree.file(
      "net/tcp",
      HEADING + inet("0100007F:0050", NOWHERE, "0A", 11) + inet("0100007F:0050", "0100007F:C000", "06", 0),
    );
    tree.file("net/udp", `${HEADING}odd line\n${inet("00000000:0035", NOWHERE, "07", 12)}`);
    tree.file(
      "net/unix",
      UNIX_HEADING + unix("0001", 13, "/run/x y") + unix("0002", 14) + unix("0002", 15) + unix("0005", 16, "@a@b"),
    );
    for (const pid of [1, 2, 3, 4]) tree.process(pid);
    descriptors(tree, 1, {
      0: "/dev/null",
      3: "socket:[11]",
      4: "socket:[11]",
      5: "socket:[99]",
      6: "anon_inode:[eventfd]",
    });
    descriptors(tree, 2, { 3: "socket:[11]", 12: "socket:[13]" });
    descriptors(tree, 3, {});
    host = await open("local:", { procfs: tree.root });
  });
  after(async () => {
    await host?.close();
    tree.remove();
  });
  const rows = async (kind: "inet" | "unix") =>
    (await host.netConnections({ kind })).map(({ pid, fd, laddr, status }) => [
      ...[pid, fd, laddr?.path ?? laddr?.port ?? null, status],
    ]);

  it("have a row for each holder, and one without where there is none", async () => {
    expect(await rows("inet")).to.have.deep.members([
      [1, 3, 80, "LISTEN"],
      [1, 4, 80, "LISTEN"],
      [2, 3, 80, "LISTEN"],
      [null, null, 80, "TIME_WAIT"],
      [null, null, 53, "NONE"],
    ]);
  });

  it("that do not differ in anything are one row, as in psutil", async () => {
    expect(await rows("unix")).to.have.deep.members([
      [2, 12, "/run/x y", "NONE"],
      [null, null, null, "NONE"],
      [null, null, "@a@b", "NONE"],
    ]);
  });

  it("of one process are its own, without its pid; a process without any needs no table", async () => {
    const first = await (await host.process(1)).connections();
    expect(first.map(({ fd, pid, laddr }) => [fd, pid, laddr?.port])).to.deep.equal([
      [3, null, 80],
      [4, null, 80],
    ]);
    const hidden = await open("local:", { procfs: tree.root });
    expect(await (await hidden.process(3)).connections({ kind: "all" })).to.deep.equal([]);
    await hidden.close();
  });

  it("answer for each kind with one message at least, and refuse a kind that is none", async () => {
    const collector = createCollector({ procRoot: tree.root });
    const method = describeMethod(System.method.netConnections);
    const ask = async (kind: number) => {
      const request = toBinary(
        NetConnectionsRequestSchema,
        create(NetConnectionsRequestSchema, { kind: kind as ConnectionKind }),
      );
      let messages = 0;
      for await (const _ of collector.serverStream(method, request, {})) messages++;
      return messages;
    };
    for (let kind = 0; kind <= 11; kind++) expect(await ask(kind), `kind ${kind}`).to.equal(1);
    const error = await ask(12).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(StatusError).and.have.property("code", StatusCode.INVALID_ARGUMENT);
    await collector.close();
  });
});

describe("Sockets that cannot be read", () => {
  let tree: ProcTree;
  let host: Host;
  beforeEach(async () => {
    tree = new ProcTree();
    for (let pid = 1; pid <= 300; pid++) {
      tree.process(pid);
      descriptors(tree, pid, { 3: "socket:[11]" });
    }
    for (const name of ["tcp", "udp"]) tree.file(`net/${name}`, HEADING);
    host = await open("local:", { procfs: tree.root });
  });
  afterEach(async () => {
    await host?.close();
    tree.remove();
  });

  it("for want of a table fail the call, but for a table of IPv6", async () => {
    const error = await host.netConnections({ kind: "unix" }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(InternalError);
    expect((error as Error).message)
      .to.contain("net/unix")
      .and.to.contain("ENOENT");
    expect(await host.netConnections({ kind: "tcp6" }), "a kernel without IPv6").to.deep.equal([]);
    tree.replace("net/tcp", HEADING + inet("0100007F:0050", NOWHERE, "0A", 11));
    expect(await host.netConnections({ kind: "tcp" })).to.have.length(300);
  });

  it("in time cost a list that one attribute, and no further reader", async function () {
    this.timeout(20_000);
    const fifo = tree.stuck("net/tcp");
    const { processes } = await host.processList({ attrs: ["connections", "name"] });
    expect(processes).to.have.length(300);
    for (const row of processes) {
      expect(row.name).to.be.a("string");
      expect(row.failures.map(({ attribute, outcome }) => [attribute, outcome])).to.deep.equal([
        ["connections", "timed_out"],
      ]);
    }
    const error = await host.netConnections().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DeadlineExceeded);
    closeSync(openSync(fifo, "r+"));
  });
});
