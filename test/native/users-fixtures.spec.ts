// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { constants } from "node:os";
import { createCollector } from "@hostscope/native";
import { StatusCode, type Transport } from "@hostscope/proto";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { describeMachine } from "../support/linux-machine.ts";
import { SysTree } from "../support/sys-tree.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";
import { readUtmp, utmpFile } from "../support/utmp.ts";

const { users } = System.method;
const LONG = "a-user-whose-name-fills-the-room"; // 32 bytes, without a zero behind them

const RECORDS = [
  { type: 2, pid: 0, user: "reboot", line: "~", host: "6.1.0-18-amd64", time: 1_699_999_000 },
  { type: 1, pid: 53, user: "runlevel", line: "~", host: "6.1.0-18-amd64", time: 1_699_999_001 },
  { type: 6, pid: 700, user: "LOGIN", line: "tty1", host: "", time: 1_699_999_002 },
  { type: 7, pid: 4711, user: "alice", line: "pts/0", host: "2001:db8::1", time: 1_700_000_000 },
  { type: 8, pid: 4712, user: "", line: "pts/1", host: "", time: 1_700_000_001 },
  { type: 7, pid: 815, user: "bob", line: "tty7", host: ":0", time: 1_700_000_002 },
  { type: 7, pid: 816, user: "bob", line: "tty2", host: "", time: 1_700_000_003 },
  { type: 7, pid: 99_999, user: LONG, line: "", host: "h".repeat(256), time: 1_700_000_004 },
];

/** Sessions by name, terminal, host, begin and pid; undefined is absent. */
async function sessions(host: Transport): Promise<unknown[][]> {
  const answer = await unaryCall(host, users);
  return answer.users.map(({ name, terminal, host, started, pid }) => [name, terminal, host, started, Number(pid)]);
}

async function onRoot<T>(tree: SysTree, ask: (host: Transport) => Promise<T>): Promise<T> {
  const collector = createCollector({ rootfs: tree.root });
  try {
    return await ask(collector);
  } finally {
    await collector.close();
    tree.remove();
  }
}

const ALICE = [
  ["alice", "pts/0", "2001:db8::1", 1_700_000_000, 4711],
  ["bob", "tty7", "localhost", 1_700_000_002, 815],
  ["bob", "tty2", "localhost", 1_700_000_003, 816],
  [LONG, undefined, "h".repeat(256), 1_700_000_004, 99_999],
];

describe("Users of a host with utmp", () => {
  it("are its sessions of users, in the file's order", async () => {
    const tree = new SysTree();
    tree.put("run/utmp", utmpFile(RECORDS));
    expect(await onRoot(tree, sessions)).to.deep.equal(ALICE);
  });

  it("are those that utmpdump and who read from the same file", async () => {
    const tree = new SysTree();
    tree.put("run/utmp", utmpFile(RECORDS));
    const dumped = readUtmp(`${tree.root}/run/utmp`).filter(({ type }) => type === 7);
    const lines = execFileSync("who", ["--users", `${tree.root}/run/utmp`], { encoding: "utf8", env: { LC_ALL: "C" } });
    const ours = await onRoot(tree, sessions);
    const local = (host: string) => (host === "" || host === ":0" ? "localhost" : host);
    expect(ours.map(([name, terminal = "", host, started, pid]) => [name, terminal, host, started, pid])).to.deep.equal(
      dumped.map(({ user, line, host, time, pid }) => [user, line, local(host), time, pid]),
    );
    expect(
      lines
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/\s+/)[0]),
    ).to.deep.equal(ours.map(([name]) => name));
  });

  it("are found below /var/run, and by links that mean the host's own root", async () => {
    for (const path of ["var/run/utmp", "srv/run/utmp"]) {
      const tree = new SysTree({ "var/.keep": "" });
      tree.put(path, utmpFile(RECORDS));
      if (path.startsWith("srv")) tree.put("var/run", { link: "/srv/run" });
      expect(await onRoot(tree, sessions), path).to.deep.equal(ALICE);
    }
  });

  it("are none if it is empty, and what is whole if it is cut", async () => {
    const whole = utmpFile(RECORDS.slice(3, 4));
    const cut = Buffer.concat([whole, whole.subarray(0, whole.length - 1)]);
    for (const [file, count] of [
      [Buffer.alloc(0), 0],
      [cut, 1],
      [Buffer.alloc(100_000, 0xff), 0],
    ] as const) {
      const tree = new SysTree();
      tree.put("run/utmp", file);
      expect(await onRoot(tree, sessions)).to.have.length(count);
    }
  });

  it("cannot be told if it cannot be read, which is an error", async () => {
    const { code, detail } = await onRoot(new SysTree({ "run/utmp/x": "" }), (host) => failureOf(sessions(host)));
    expect([code, detail.osError]).to.deep.equal([StatusCode.INTERNAL, constants.errno.EISDIR]);
  });
});

describeMachine("hybrid-laptop", (host) => {
  it("has no utmp, so that its users are those that logind knows, by begin", async () => {
    expect(await sessions(host())).to.deep.equal([
      ["bob", "pts/3", "192.0.2.7", 1_700_000_050, 2600],
      ["alice", "tty2", "localhost", 1_700_000_100, 1500],
    ]);
  });
});

describeMachine("empty", (host) => {
  it("keeps no record of its users, which is not an error", async () => {
    expect(await sessions(host())).to.deep.equal([]);
  });
});

describe("Users of a host with logind and pipes among its sessions", () => {
  it("are there although nobody writes the pipes", async () => {
    const session = "USER=eve\nCLASS=user\nSTATE=active\nREMOTE=0\nREALTIME=1700000000000000\nLEADER=7\n";
    const tree = new SysTree({ "run/systemd/sessions/1": session });
    tree.stuck("run/systemd/sessions/1.ref");
    tree.stuck("run/systemd/sessions/2");
    expect(await onRoot(tree, sessions)).to.deep.equal([["eve", undefined, "localhost", 1_700_000_000, 7]]);
  });
});
