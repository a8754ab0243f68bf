// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createInterface } from "node:readline";
import { fromBinary } from "@bufbuild/protobuf";
import { open } from "@hostscope/client";
import { type CollectorOptions, createCollector } from "@hostscope/native";
import { describeMethod, type Transport } from "@hostscope/proto";
import {
  ConnectionKind,
  ConnectionStatus,
  type NetConnection,
  NetConnectionsResponseSchema,
} from "@hostscope/proto/gen/network";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { startAgentThrough } from "../support/agent-process.ts";
import { requireMachine } from "../support/oracle.ts";
import { type SocketHolder, socketHolder } from "../support/socket-holder.ts";
import { whileStandingStill } from "../support/standing-still.ts";

const METHOD = describeMethod(System.method.netConnections);
const MANY_SOCKETS = 5_000;

/** What the links of a process's descriptors do not show as one would think; ends with its stdin. */
const ODD_HOLDER = `
import ctypes, os, socket, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
def hold():
    x = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); x.bind(("127.0.0.1", 0))
    ports.append(x.getsockname()[1]); ready.release(); threading.Event().wait()
def hold_apart():
    if libc.unshare(0x400) != 0: os._exit(1)  # CLONE_FILES: from now on descriptors of its own
    hold()
ports, ready = [], threading.Semaphore(0)
for work in (hold, hold_apart):
    threading.Thread(target=work, daemon=True).start(); ready.acquire()
local = socket.socket(socket.AF_UNIX); local.bind("\\0hostscope odd %d" % os.getpid()); local.listen(1)
os.open("/proc/self/fd/%d" % local.fileno(), os.O_PATH)
print(*ports, flush=True)
sys.stdin.read()
`;

/** Becomes a program that is killed if it calls bpf(2), as a service manager's filter has it for calls that are not listed. */
const FILTERED = `
import ctypes, os, struct, sys
number = {"x86_64": 321, "aarch64": 280}[os.uname().machine]
LOAD, JUMP_IF_EQUAL, RETURN, KILL, ALLOW = 0x20, 0x15, 0x06, 0x80000000, 0x7fff0000
steps = [(LOAD, 0, 0, 0), (JUMP_IF_EQUAL, 0, 1, number), (RETURN, 0, 0, KILL), (RETURN, 0, 0, ALLOW)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(38, 1, 0, 0, 0) != 0: sys.exit("no_new_privs")
class Filter(ctypes.Structure): _fields_ = [("count", ctypes.c_ushort), ("code", ctypes.c_void_p)]
if libc.prctl(22, 2, ctypes.byref(Filter(len(steps), ctypes.addressof(code))), 0, 0) != 0: sys.exit("seccomp")
os.execvp(sys.argv[1], sys.argv[1:])
`;

/** Descriptors of a process that are links of the iterator over open files. */
function iteratorsOf(pid: number | "self"): number {
  const isIterator = (fd: string) => {
    try {
      return (
        readlinkSync(`/proc/${pid}/fd/${fd}`).includes("bpf") &&
        /^target_name:\s*task_file$/m.test(readFileSync(`/proc/${pid}/fdinfo/${fd}`, "utf8"))
      );
    } catch {
      return false; // closed meanwhile
    }
  };
  return readdirSync(`/proc/${pid}/fd`).filter(isIterator).length;
}

/** All but what waits for its end: nobody holds that, it vanishes by itself, and may have a port that somebody has again. */
async function rowsOf(collector: Transport): Promise<NetConnection[]> {
  const request = new Uint8Array([8, ConnectionKind.ALL]);
  const rows: NetConnection[] = [];
  for await (const bytes of collector.serverStream(METHOD, request, {})) {
    const { connections } = fromBinary(NetConnectionsResponseSchema, bytes);
    rows.push(...connections.filter(({ status }) => status !== ConnectionStatus.TIME_WAIT));
  }
  return rows;
}

const sorted = (rows: readonly NetConnection[]) =>
  rows.map((row) => JSON.stringify(row, (_, value) => (typeof value === "bigint" ? String(value) : value))).sort();

const holdersOf = (rows: readonly NetConnection[], port: number) =>
  rows.filter(({ laddr }) => laddr?.port === port).map(({ pid }) => (pid === undefined ? null : Number(pid)));

describe("Holders of sockets, told by the kernel at once", () => {
  let fast: Transport;
  let walking: Transport;
  let holder: SocketHolder;
  let odd: ChildProcess;
  let oddPorts: number[];
  const collector = (options: CollectorOptions) => createCollector(options);
  before(async function () {
    this.timeout(60_000);
    fast = collector({});
    walking = collector({ bpf: false });
    await rowsOf(fast);
    requireMachine.call(this, "the right to load BPF programs, on a kernel with BTF,", iteratorsOf("self") > 0);
    holder = await socketHolder({ many: 100 });
    odd = spawn("python3", ["-c", ODD_HOLDER], { stdio: ["pipe", "pipe", "inherit"] });
    const exited = once(odd, "exit").then(() => Promise.reject(new Error("the holder of odd sockets ended")));
    exited.catch(() => {});
    const [line] = (await Promise.race([once(createInterface({ input: odd.stdout as never }), "line"), exited])) as [
      string,
    ];
    oddPorts = line.split(" ").map(Number);
  });
  after(async () => {
    odd?.kill("SIGKILL");
    await holder?.stop();
    await fast?.close();
    await walking?.close();
  });

  it("are those that the links of all processes tell", async function () {
    this.timeout(60_000);
    const both = await whileStandingStill(
      async () => sorted(await rowsOf(walking)),
      async () => sorted(await rowsOf(fast)),
    );
    expect(both.ours).to.deep.equal(both.theirs);
    expect(both.ours.length).to.be.greaterThan(200);
  });

  it("are each process's own descriptors, once for all threads that share them", async () => {
    for (const rows of [await rowsOf(fast), await rowsOf(walking)]) {
      expect(holdersOf(rows, oddPorts[0] as number)).to.deep.equal([odd.pid]);
      expect(holdersOf(rows, oddPorts[1] as number), "of a thread with its own").to.deep.equal([null]);
      const local = rows.filter(({ laddr }) => laddr?.path === `@hostscope odd ${odd.pid}`);
      expect(
        local.map(({ pid }) => Number(pid)),
        "a socket opened by its path",
      ).to.deep.equal([odd.pid, odd.pid]);
      expect(holdersOf(rows, holder.port)).to.include.members([holder.pid, holder.child]);
    }
  });

  it("are complete where they do not fit into one piece, and while processes come and go", async function () {
    this.timeout(60_000);
    const many = await socketHolder({ many: MANY_SOCKETS });
    try {
      for (let i = 0; i < 5; i++) {
        const passing = spawn("sleep", ["0.05"], { stdio: "ignore" });
        const held = (await rowsOf(fast)).filter(({ pid }) => Number(pid) === many.pid).map(({ fd }) => fd);
        expect(held.length).to.be.greaterThan(MANY_SOCKETS);
        expect(new Set(held).size).to.equal(held.length);
        if (passing.exitCode === null) await once(passing, "exit");
      }
    } finally {
      await many.stop();
    }
  });

  it("are told to several callers at once, the first of whom makes the kernel ready", async () => {
    const fresh = collector({});
    const answers = await Promise.all(Array.from({ length: 6 }, () => rowsOf(fresh)));
    for (const rows of answers) expect(holdersOf(rows, holder.port)).to.include.members([holder.pid, holder.child]);
    await fresh.close();
  });

  it("leave nothing behind in the kernel, and nothing is loaded unless it may", async function () {
    this.timeout(20_000);
    const before = iteratorsOf("self");
    const fresh = collector({});
    await rowsOf(fresh);
    expect(iteratorsOf("self")).to.equal(before + 1);
    await rowsOf(fresh);
    expect(iteratorsOf("self"), "one for a collector").to.equal(before + 1);
    await fresh.close();
    const without = collector({ bpf: false });
    await rowsOf(without);
    for (let i = 0; i < 100 && iteratorsOf("self") !== before; i++) {
      (globalThis as { gc?: () => void }).gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(iteratorsOf("self")).to.equal(before);
    await without.close();
  });

  /** What an agent with fewer rights than root, started through a program, sees of the holder: without BPF. */
  async function seenThrough(...program: string[]): Promise<(number | null)[]> {
    const agent = await startAgentThrough(program);
    const host = await open(agent.target);
    try {
      await host.netConnections();
      const rows = await host.netConnections({ kind: "tcp4" });
      expect(iteratorsOf(agent.child.pid as number)).to.equal(0);
      return rows
        .filter(({ laddr, status }) => laddr?.port === holder.port && status === "LISTEN")
        .map(({ pid }) => pid);
    } finally {
      await host.close();
      await agent.stop();
    }
  }

  it("are looked for one by one without the right to load programs", async function () {
    this.timeout(60_000);
    const seen = await seenThrough("setpriv", "--bounding-set=-cap_39,-sys_admin"); // 39: CAP_BPF
    expect(seen).to.have.members([holder.pid, holder.pid, holder.child, holder.child]);
  });

  it("are looked for one by one where the attempt to load a program could be the end", async function () {
    this.timeout(60_000);
    const seen = await seenThrough("python3", "-c", FILTERED);
    expect(seen).to.have.members([holder.pid, holder.pid, holder.child, holder.child]);
  });

  it("are not told to who could not read every link", async function () {
    this.timeout(60_000);
    expect(await seenThrough("setpriv", "--bounding-set=-sys_ptrace")).to.deep.equal([null]);
  });
});
