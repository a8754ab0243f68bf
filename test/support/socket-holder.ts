// SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** A process with sockets of every sort, and its child that shares them all. */
export interface SocketHolder {
  readonly pid: number;
  readonly child: number;
  /** Port of the IPv4 listener. */
  readonly port: number;
  /** Local ports of the closed connection that waits in TIME_WAIT. */
  readonly closing: number;
  /** Path of the UNIX listener; it has blanks in it. */
  readonly path: string;
  stop(): Promise<void>;
}

const PROGRAM = `
import ctypes, json, os, signal, socket as s, sys, time
folder, many = sys.argv[1], int(sys.argv[2])
held = []
def keep(x): held.append(x); return x
def listener(family, ip, dual=False):
    x = keep(s.socket(family))
    if family == s.AF_INET6: x.setsockopt(s.IPPROTO_IPV6, s.IPV6_V6ONLY, 0 if dual else 1)
    x.bind((ip, 0)); x.listen(8)
    return x
def connect(to, family, ip):
    client = keep(s.socket(family)); client.connect((ip, to.getsockname()[1]))
    return client, keep(to.accept()[0])
tcp = listener(s.AF_INET, "127.0.0.1")
connect(tcp, s.AF_INET, "127.0.0.1")
os.dup(tcp.fileno())
first, second = connect(tcp, s.AF_INET, "127.0.0.1")
closing = first.getsockname()[1]
first.close(); second.recv(1); second.close()
half, other = connect(tcp, s.AF_INET, "127.0.0.1")
half.shutdown(s.SHUT_WR)
# Not before its state is one that lasts: 4 is FIN_WAIT1.
while half.getsockopt(s.IPPROTO_TCP, s.TCP_INFO, 1)[0] == 4: time.sleep(0.005)
udp = keep(s.socket(s.AF_INET, s.SOCK_DGRAM)); udp.bind(("127.0.0.1", 0))
peer = keep(s.socket(s.AF_INET, s.SOCK_DGRAM)); peer.connect(udp.getsockname())
keep(s.socket(s.AF_INET)); keep(s.socket(s.AF_INET, s.SOCK_DGRAM))
try:
    v6 = listener(s.AF_INET6, "::1"); connect(v6, s.AF_INET6, "::1")
    mapped = listener(s.AF_INET6, "::", True); connect(mapped, s.AF_INET, "127.0.0.1")
    udp6 = keep(s.socket(s.AF_INET6, s.SOCK_DGRAM)); udp6.bind(("::1", 0))
except OSError: pass
path = os.path.join(folder, "a  path with blanks")
local = keep(s.socket(s.AF_UNIX)); local.bind(path); local.listen(4)
client = keep(s.socket(s.AF_UNIX)); client.connect(path); keep(local.accept()[0])
keep(s.socket(s.AF_UNIX, s.SOCK_DGRAM)).bind(os.path.join(folder, "datagrams"))
keep(s.socket(s.AF_UNIX, s.SOCK_SEQPACKET)).bind("\\0hostscope %d\\0more" % os.getpid())
keep(s.socketpair())
for _ in range(many): keep(s.socket(s.AF_INET, s.SOCK_DGRAM)).bind(("127.0.0.1", 0))
child = os.fork()
if child == 0:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    time.sleep(120)
    os._exit(0)
print(json.dumps({"child": child, "port": tcp.getsockname()[1], "closing": closing, "path": path}), flush=True)
time.sleep(120)
`;

async function firstLine(output: Readable): Promise<string> {
  const [line] = (await once(createInterface({ input: output }), "line")) as [string];
  return line;
}

/** Starts one, with so many bound UDP sockets besides; it ends with stop(), and by itself after two minutes. */
export async function socketHolder({ many = 0, uid = undefined as number | undefined } = {}): Promise<SocketHolder> {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-sockets-"));
  if (uid !== undefined) chownSync(folder, uid, -1);
  const child = spawn("python3", ["-c", PROGRAM, folder, String(many)], {
    stdio: ["ignore", "pipe", "inherit"],
    ...(uid === undefined ? {} : { uid }),
  });
  const exited = once(child, "exit");
  const line = await Promise.race([
    firstLine(child.stdout),
    exited.then(() => Promise.reject(new Error("the holder of sockets ended"))),
  ]);
  return {
    ...(JSON.parse(line) as Pick<SocketHolder, "child" | "port" | "closing" | "path">),
    pid: child.pid as number,
    async stop() {
      child.kill("SIGKILL");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A listener in a network namespace of its own, held by two processes; null where none can be made. */
export async function namespacedListener(): Promise<{ child: ChildProcess; pids: number[]; port: number } | null> {
  const program = `
import os, socket, sys, time
x = socket.socket(); x.bind(("0.0.0.0", 0)); x.listen(1)
pid = os.fork()
if pid == 0:
    time.sleep(60); os._exit(0)
print(os.getpid(), pid, x.getsockname()[1], flush=True)
sys.stdin.read(); os.kill(pid, 9)
`;
  const child = spawn("unshare", ["-n", "python3", "-c", program], { stdio: ["pipe", "pipe", "ignore"] });
  const exited = once(child, "exit");
  const failed = once(child, "error");
  const line = await Promise.race([firstLine(child.stdout), exited.then(() => null), failed.then(() => null)]);
  if (line === null) return null;
  const [parent = 0, forked = 0, port = 0] = line.split(" ").map(Number);
  return { child, pids: [parent, forked], port };
}

/** Descriptors of a process that are sockets, as the kernel's links tell. */
export function socketDescriptors(pid: number): number[] {
  const folder = `/proc/${pid}/fd`;
  const isSocket = (fd: string) => readlinkSync(`${folder}/${fd}`).startsWith("socket:");
  return readdirSync(folder).filter(isSocket).map(Number);
}
