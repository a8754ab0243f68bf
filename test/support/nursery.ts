// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process that starts others and collects them; each ends when it is told to, and all do with it. */
export async function nursery() {
  const program = `
import ctypes, os, signal, sys, threading
def child(code, ready):
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGUSR1, lambda *_: os._exit(code))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(60)
    os.write(ready, b"x")
    while True: signal.pause()
for line in sys.stdin:
    code = int(line)
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    is_ready, ready = os.pipe()
    pid = os.fork()
    if pid == 0: child(code, ready)
    def collect(pid):
        os.waitpid(pid, 0)
    threading.Thread(target=collect, args=(pid,), daemon=True).start()
    os.read(is_ready, 1)
    os.close(is_ready); os.close(ready)
    print(pid, flush=True)
`;
  const child = spawn("python3", ["-c", program], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async start(code: number): Promise<number> {
      child.stdin.write(`${code}\n`);
      return Number((await lines.next()).value);
    },
    async stop() {
      // They are children of one that lives: their pids are their own until it is told of.
      child.stdin.end();
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
