// SPDX-License-Identifier: Apache-2.0

import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgument, type NetConnection, open } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { requireMachine, requireOracle } from "../support/oracle.ts";
import { itProves } from "../support/proofs.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";
import { namespacedListener, type SocketHolder, socketDescriptors, socketHolder } from "../support/socket-holder.ts";

const KINDS = [
  ...["inet", "inet4", "inet6", "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6", "unix", "all"],
] as readonly NonNullable<Parameters<Awaited<ReturnType<typeof open>>["netConnections"]>[0]>["kind"][];

type End = { ip: string; port: number } | [] | string;
type Theirs = { fd: number; family: string; type: string; laddr: End; raddr: End; status: string; pid: number | null };

/** psutil's rows with the names of families and types rather than the system's numbers. */
const rowsOf = (call: string) => `[dict(plain(c), family=c.family.name, type=c.type.name) for c in ${call}]`;

const ourEnd = (end: NetConnection["laddr"]) => (end === null ? "" : (end.path ?? `${end.ip} ${end.port}`));
const theirEnd = (end: End) => (typeof end === "string" ? end : Array.isArray(end) ? "" : `${end.ip} ${end.port}`);
/** A row without its holder. */
const ours = (c: NetConnection) => [c.family, c.type, ourEnd(c.laddr), ourEnd(c.raddr), c.status].join("|");
const theirs = (c: Theirs) => [c.family, c.type, theirEnd(c.laddr), theirEnd(c.raddr), c.status].join("|");
const held = (row: string, c: { pid: number | null; fd: number | null }) => `${row}|${c.pid}|${c.fd}`;
/** psutil loses paths with blanks in them. */
const pathless = (row: string) => (row.startsWith("AF_UNIX") ? row.replace(/[^|]* [^|]*(?=\|\|NONE)/, "") : row);
/** A host may have ten thousands of sockets. */
const MOST_OUTPUT = 1 << 26;
const unique = (rows: readonly string[]) => [...new Set(rows)].sort();

describeOnEveryTransport("Sockets of this machine", (host) => {
  itProves(
    "of a server and its client are listed, with both ends and what they do",
    ["host.netConnections"],
    async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const client = connect(port, "127.0.0.1");
      const [accepted] = (await once(server, "connection")) as [Socket];
      try {
        // Whoever had this port before may have left connections that still wait for their end.
        const rows = (await host().netConnections({ kind: "tcp4" })).filter(
          ({ laddr, raddr, status }) => (laddr?.port === port || raddr?.port === port) && status !== "TIME_WAIT",
        );
        const end = (port?: number) => `127.0.0.1 ${port}`;
        expect(rows.map(ours)).to.have.members([
          `AF_INET|SOCK_STREAM|${end(port)}||LISTEN`,
          `AF_INET|SOCK_STREAM|${end(port)}|${end(accepted.remotePort)}|ESTABLISHED`,
          `AF_INET|SOCK_STREAM|${end(client.localPort)}|${end(port)}|ESTABLISHED`,
        ]);
        const udp = (await host().netConnections({ kind: "udp" })).filter(({ laddr }) => laddr?.port === port);
        expect(udp.filter(({ pid }) => pid === process.pid)).to.be.empty;
      } finally {
        client.destroy();
        accepted.destroy();
        server.close();
      }
    },
  );

  it("are of psutil's kinds only", async () => {
    const refused = host().netConnections({ kind: "tcp5" as "tcp" });
    expect(await refused.catch((error: unknown) => error)).to.be.instanceOf(InvalidArgument);
  });
});

describeOnEveryTransport("Sockets and their holders", (host) => {
  let psutil: PsutilOracle;
  let holder: SocketHolder;
  before(async function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
    holder = await socketHolder({ many: 100 });
  });
  after(async () => {
    psutil?.stop();
    await holder?.stop();
  });
  const isHolder = ({ pid }: { pid: number | null }) => pid === holder.pid || pid === holder.child;

  for (const kind of KINDS) {
    it(`of kind ${kind} are psutil's, for the whole host`, async () => {
      const mine = (await host().netConnections({ kind })).filter(isHolder);
      const all = await psutil.value<Theirs[]>(rowsOf(`psutil.net_connections("${kind}")`));
      const expected = all.filter(isHolder);
      expect(expected.length, "rows of psutil").to.be.greaterThan(kind?.endsWith("6") ? -1 : 1);
      expect(unique(mine.map(ours).map(pathless))).to.deep.equal(unique(expected.map(theirs)));
      // psutil names one holder of each socket, hostscope all of them.
      const holders = mine.map((c) => held(pathless(ours(c)), c));
      for (const row of expected) expect(holders).to.include(held(theirs(row), row));
    });

    itProves(
      `of kind ${kind} are psutil's, for one process`,
      kind === "all" ? ["process.connections"] : [],
      async () => {
        const rows = await (await host().process(holder.child)).connections({ kind });
        const expected = await psutil.value<Theirs[]>(rowsOf(`psutil.Process(${holder.child}).connections("${kind}")`));
        expect(unique(rows.map(ours).map(pathless))).to.deep.equal(unique(expected.map(theirs)));
        const mine = rows.map((c) => held(pathless(ours(c)), { pid: null, fd: c.fd }));
        for (const row of expected) expect(mine).to.include(held(theirs(row), { pid: null, fd: row.fd }));
        expect(rows.every(({ pid }) => pid === null)).to.equal(true);
      },
    );
  }

  it("are those of every process on a host that changes meanwhile", async function () {
    this.retries(5);
    const before = (await host().netConnections({ kind: "all" })).map(ours).map(pathless);
    const during = await psutil.value<Theirs[]>(rowsOf('psutil.net_connections("all")'));
    const after = (await host().netConnections({ kind: "all" })).map(ours).map(pathless);
    const expected = new Set(during.map(theirs));
    expect(before.filter((row) => after.includes(row) && !expected.has(row))).to.deep.equal([]);
    expect([...expected].filter((row) => !before.includes(row) && !after.includes(row))).to.deep.equal([]);
  });

  itProves("have a row for each descriptor of each holder", ["process.netConnections"], async () => {
    const all = (await host().netConnections({ kind: "all" })).filter(isHolder);
    for (const pid of [holder.pid, holder.child]) {
      const listed = all.filter((row) => row.pid === pid).map(({ fd }) => fd);
      expect(new Set(listed).size).to.equal(listed.length);
      const bound = socketDescriptors(pid);
      expect(bound).to.include.members(listed);
      const listening = all.filter((row) => row.pid === pid && row.laddr?.port === holder.port && row.raddr === null);
      expect(listening, "the listener and its duplicate").to.have.length(2);
      const own = await (await host().process(pid)).netConnections({ kind: "all" });
      expect(own.map(({ fd }) => fd).sort()).to.deep.equal(listed.sort());
    }
    // Two sockets are not bound, which no table lists.
    expect(all.filter(({ pid }) => pid === holder.pid)).to.have.length(socketDescriptors(holder.pid).length - 2);
  });

  it("keep blanks in paths, NULs in abstract names, and are without holder once closed", async () => {
    const local = (await host().netConnections({ kind: "unix" })).filter(({ pid }) => pid === holder.pid);
    expect(local.filter(({ laddr }) => laddr?.path === holder.path).map(({ type }) => type)).to.deep.equal([
      "SOCK_STREAM", // the listener
      "SOCK_STREAM", // what it accepted
    ]);
    const abstract = local.find(({ laddr }) => laddr?.path === `@hostscope ${holder.pid}@more`);
    expect(abstract).to.include({ type: "SOCK_SEQPACKET", status: "NONE", raddr: null, family: "AF_UNIX" });
    const tcp = await host().netConnections({ kind: "tcp4" });
    const closed = tcp.filter(
      ({ laddr, raddr, status }) =>
        laddr?.port === holder.closing && raddr?.port === holder.port && status === "TIME_WAIT",
    );
    expect(closed).to.have.length(1);
    expect(closed[0]).to.include({ pid: null, fd: null });
  });

  it("are those of ss", async function () {
    requireOracle.call(this, "ss (iproute2)", spawnSync("ss", ["-V"]).status === 0);
    const lines = execFileSync("ss", ["-H", "-a", "-n", "-p", "-e", "-t", "-u"], {
      encoding: "utf8",
      maxBuffer: MOST_OUTPUT,
    }).split("\n");
    const states: Record<string, string> = {
      ESTAB: "ESTABLISHED",
      "FIN-WAIT-2": "FIN_WAIT2",
      "CLOSE-WAIT": "CLOSE_WAIT",
    };
    const end = (text: string) => {
      const port = text.slice(text.lastIndexOf(":") + 1);
      const ip = text
        .slice(0, text.lastIndexOf(":"))
        .replace(/^\*$/, "::")
        .replace(/^\[(.*)\]$/, "$1");
      return port === "*" ? "" : `${ip} ${port}`;
    };
    const expected = lines.flatMap((line) => {
      const [protocol, state = "", , , local = "", peer = ""] = line.split(/\s+/);
      const status = protocol === "udp" ? "NONE" : (states[state] ?? state);
      const users = [...line.matchAll(/pid=(\d+),fd=(\d+)/g)].map(([, pid, fd]) => ({
        pid: Number(pid),
        fd: Number(fd),
      }));
      return users
        .filter(isHolder)
        .map((user) => [protocol, status, end(local), end(peer), user.pid, user.fd].join("|"));
    });
    const mine = (await host().netConnections()).filter(isHolder);
    const protocol = { SOCK_STREAM: "tcp", SOCK_DGRAM: "udp", SOCK_SEQPACKET: "", unspecified: "" } as const;
    const rows = mine.map((c) => [protocol[c.type], c.status, ourEnd(c.laddr), ourEnd(c.raddr), c.pid, c.fd].join("|"));
    expect(rows.sort()).to.deep.equal(expected.sort());
    expect(rows.length).to.be.greaterThan(200);
  });

  it("of UNIX are those of ss", async function () {
    requireOracle.call(this, "ss (iproute2)", spawnSync("ss", ["-V"]).status === 0);
    const lines = execFileSync("ss", ["-H", "-a", "-n", "-p", "-x"], {
      encoding: "utf8",
      maxBuffer: MOST_OUTPUT,
    }).split("\n");
    const types: Record<string, string> = { u_str: "SOCK_STREAM", u_dgr: "SOCK_DGRAM", u_seq: "SOCK_SEQPACKET" };
    const expected = lines.flatMap((line) => {
      const [, protocol = "", path = ""] = /^(\w+)\s+\S+\s+\d+\s+\d+\s+(.*) \d+\s+\S+ \d+/.exec(line) ?? [];
      const users = [...line.matchAll(/pid=(\d+),fd=(\d+)/g)].map(([, pid, fd]) => ({
        pid: Number(pid),
        fd: Number(fd),
      }));
      const end = path.trim() === "*" ? "" : path;
      return users.filter(isHolder).map((user) => [types[protocol], end, user.pid, user.fd].join("|"));
    });
    const mine = (await host().netConnections({ kind: "unix" })).filter(isHolder);
    expect(mine.map((c) => [c.type, ourEnd(c.laddr), c.pid, c.fd].join("|")).sort()).to.deep.equal(expected.sort());
  });

  it("are the same from the files of /proc/net as from the kernel's own answers", async () => {
    // A procfs of links is no procfs: its files are all that is asked.
    const root = mkdtempSync(join(tmpdir(), "hostscope-proc-"));
    for (const name of ["net", "stat", "meminfo", String(holder.pid), String(holder.child)]) {
      symlinkSync(`/proc/${name}`, join(root, name));
    }
    const files = await open("local:", { procfs: root });
    try {
      for (const kind of KINDS) {
        const rows = async (of: Awaited<ReturnType<typeof open>>) =>
          (await of.netConnections({ kind })).filter(isHolder).map((c) => held(ours(c), c));
        expect((await rows(files)).sort(), kind).to.deep.equal((await rows(host())).sort());
        const own = async (of: Awaited<ReturnType<typeof open>>) =>
          (await (await of.process(holder.pid)).connections({ kind })).map((c) => held(ours(c), c)).sort();
        expect(await own(files), kind).to.deep.equal(await own(host()));
      }
    } finally {
      await files.close();
      rmSync(root, { recursive: true, force: true });
    }
  });

  it("of a process in another network namespace are seen through the process", async function () {
    const listener = await namespacedListener();
    requireMachine.call(this, "a network namespace of one's own (unshare -n)", listener !== null);
    if (listener === null) return;
    try {
      const all = await host().netConnections({ kind: "tcp" });
      expect(all.filter(({ pid }) => listener.pids.includes(pid ?? -1))).to.deep.equal([]);
      const rows = await host().processList({ attrs: ["connections"] });
      for (const pid of listener.pids) {
        const found = rows.processes.find(({ ref }) => ref.pid === pid)?.connections;
        expect(found, `pid ${pid}`).to.have.length(1);
        expect(found?.[0]).to.deep.include({
          laddr: { ip: "0.0.0.0", port: listener.port, path: null },
          status: "LISTEN",
        });
      }
    } finally {
      listener.child.stdin?.end();
    }
  });
});
