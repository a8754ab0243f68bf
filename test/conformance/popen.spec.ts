// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AccessDenied,
  Cancelled,
  type HostscopeError,
  InvalidArgument,
  NotFound,
  open,
  type Popen,
  type PopenOptions,
  TimeoutExpired,
  Unsupported,
} from "@hostscope/client";
import { expect } from "chai";
import { describeWithExec } from "../support/exec-hosts.ts";
import { describeOnMachine } from "../support/expected.ts";
import { requireRoot } from "../support/oracle.ts";
import { isRunning as lives } from "../support/process-tree.ts";
import { itProves } from "../support/proofs.ts";

const PYTHON = "/usr/bin/python3";
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

async function eventually(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (await condition()) return;
    await sleep(20);
  }
  expect.fail(`never: ${what}`);
}

describeWithExec("Popen", (host) => {
  const started: Popen[] = [];
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-popen-"));
    chmodSync(folder, 0o755);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    for (const process of started.splice(0)) await process.close();
  });
  const popen = async (args: readonly string[], options?: PopenOptions) => {
    const process = await host().popen(args, options);
    started.push(process);
    return process;
  };
  const python = (program: string, options?: PopenOptions) => popen([PYTHON, "-c", program], options);

  itProves("carries input, output and errors apart, and tells the exit code", ["host.popen"], async () => {
    const process = await python(
      "import sys; d = sys.stdin.read(); print(d.upper(), end=''); print('oh', file=sys.stderr); sys.exit(3)",
    );
    const { stdout, stderr } = await process.communicate("hello äöü");
    expect(text(stdout)).to.equal("HELLO ÄÖÜ");
    expect(text(stderr)).to.equal("oh\n");
    expect(process.returncode).to.equal(3);
    expect(await process.wait()).to.equal(3);
  });

  it("is said to work", async () => {
    expect((await host().hostInfo()).methods).to.include("Process.Popen");
  });

  it("is a Process", async () => {
    const process = await popen(["/bin/sleep", "30"]);
    expect(await process.isRunning()).to.equal(true);
    expect(await process.cmdline()).to.deep.equal(["/bin/sleep", "30"]);
    expect(process.ref.start).to.be.a("string");
    expect(process.poll()).to.equal(null);
    expect((await host().process(process.pid)).equals(process)).to.equal(true);
    expect(await failure(process.wait({ timeout: 0.05 }))).to.be.instanceOf(TimeoutExpired);
  });

  it("tells exits from signals, also those without a name in Node", async () => {
    for (const [program, code] of [
      ["import os; os._exit(0)", 0],
      ["import os; os._exit(255)", 255],
      ["import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9],
      ["import os, signal; os.kill(os.getpid(), signal.SIGRTMIN + 3)", -37],
    ] as const) {
      const process = await python(program);
      // Only kernels from 6.15 tell whoever does not collect a process of a real-time signal.
      expect(await process.wait({ timeout: 20 }), program).to.be.oneOf(code === -37 ? [-37, 0] : [code]);
    }
  });

  it("has exactly the environment, directory and descriptors that it was given", async () => {
    const env = { A: "1", B: "x=y z\n", __proto__x: "ü" };
    const program = `
import os, json, sys
fds = [int(f) for f in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + f)]
print(json.dumps([dict(os.environ), os.getcwd(), sorted(fds), os.getsid(0) == os.getpid(), sys.argv[0]]))
`;
    const process = await python(program, { env, cwd: folder });
    const [theirs, cwd, fds, leads] = JSON.parse(text((await process.communicate()).stdout));
    // Python sets one itself where there is no locale.
    delete theirs.LC_CTYPE;
    expect(theirs).to.deep.equal(env);
    expect(cwd).to.equal(folder);
    // What a test was started with may have leaked into it, and so into the agent.
    expect(fds.filter((fd: number) => fd < 16)).to.deep.equal([0, 1, 2]);
    expect(leads).to.equal(true);
    const bare = await popen(["/usr/bin/env"]);
    expect(text((await bare.communicate()).stdout)).to.equal("");
    const root = await python("import os; print(os.getcwd())");
    expect(text((await root.communicate()).stdout)).to.equal("/\n");
  });

  it("runs as another user without the groups of root, where it may", async function () {
    requireRoot.call(this);
    const program = "import os; print(os.getresuid(), os.getresgid(), os.getgroups())";
    for (const username of ["nobody", "65534"]) {
      const process = await python(program, { username });
      expect(text((await process.communicate()).stdout)).to.equal("(65534, 65534, 65534) (65534, 65534, 65534) []\n");
    }
  });

  it("refuses what cannot be meant before anything runs", async () => {
    const notExecutable = join(folder, "data");
    writeFileSync(notExecutable, "#!/bin/sh\n", { mode: 0o644 });
    const noProgram = join(folder, "shell");
    const trace = join(folder, "trace");
    writeFileSync(noProgram, `echo ran > ${trace}\n`, { mode: 0o755 });
    const cases: [readonly string[], PopenOptions, new (...args: never[]) => HostscopeError][] = [
      [[], {}, InvalidArgument],
      [["sleep", "1"], {}, InvalidArgument],
      [["./sleep"], {}, InvalidArgument],
      [["/bin/sleep\0", "1"], {}, InvalidArgument],
      [["/bin/sleep", "1\0"], {}, InvalidArgument],
      [["/bin/sleep", ...Array(1024).fill("1")], {}, InvalidArgument],
      [["/nowhere/at/all"], {}, NotFound],
      [["/etc"], {}, AccessDenied],
      [[notExecutable], {}, AccessDenied],
      [[noProgram], {}, InvalidArgument],
      [["/bin/sleep", "1"], { cwd: "relative" }, InvalidArgument],
      [["/bin/sleep", "1"], { cwd: "/nowhere" }, NotFound],
      [["/bin/sleep", "1"], { cwd: "/etc/passwd" }, InvalidArgument],
      [["/bin/sleep", "1"], { env: { "": "x" } }, InvalidArgument],
      [["/bin/sleep", "1"], { env: { "A=B": "x" } }, InvalidArgument],
      [["/bin/sleep", "1"], { env: { A: "\0" } }, InvalidArgument],
      [["/bin/sleep", "1"], { env: { A: 1 as never } }, InvalidArgument],
      [["/bin/sleep", "1"], { username: "no such user" }, NotFound],
      [["/bin/sleep", "1"], { shell: true } as never, InvalidArgument],
    ];
    for (const [args, options, kind] of cases) {
      expect(await failure(host().popen(args, options)), JSON.stringify([args, options])).to.be.instanceOf(kind);
    }
    expect(() => readFileSync(trace)).to.throw("ENOENT");
  });

  it("runs a script by its own first line", async () => {
    const script = join(folder, "script");
    writeFileSync(script, "#!/bin/echo\n", { mode: 0o755 });
    const process = await popen([script, "$HOME", ";", "`id`"]);
    expect(text((await process.communicate()).stdout)).to.equal(`${script} $HOME ; \`id\`\n`);
  });

  it("drops what it is told to, and input that is not read", async () => {
    const process = await python("import sys; sys.stdout.write('x' * 5_000_000); sys.stderr.write('y' * 10)", {
      stdout: "ignore",
    });
    const { stdout, stderr } = await process.communicate("z".repeat(3_000_000));
    expect([stdout.length, stderr.length, process.returncode]).to.deep.equal([0, 10, 0]);
  });

  it("ends the process with all that descend from it when it is closed, even those that do not listen", async () => {
    const process = await python(`
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pids = []
for alone in (False, True):
    pids.append(os.fork())
    if pids[-1] == 0:
        if alone: os.setsid()
        time.sleep(60)
        os._exit(0)
print(*pids, flush=True)
time.sleep(60)
`);
    let line = "";
    for await (const chunk of process.stdout) {
      line += text(chunk);
      if (line.endsWith("\n")) break;
    }
    const all = [process.pid, ...line.trim().split(" ").map(Number)];
    expect(all.map(lives)).to.deep.equal([true, true, true]);
    const waiting = failure(process.wait());
    await process.close();
    await eventually(() => !all.some(lives), "all have ended");
    expect(await waiting).to.be.instanceOf(Cancelled);
    await process.close();
  });

  it("ends it with its signal", async () => {
    const abort = new AbortController();
    const process = await popen(["/bin/sleep", "60"], { signal: abort.signal });
    abort.abort();
    await eventually(() => !lives(process.pid), "it has ended");
    expect(await failure(process.wait())).to.be.instanceOf(Cancelled);
  });

  it("leaves a detached process alone", async () => {
    const process = await python(
      `
import time
end = time.time() + 30
while time.time() < end:
    print("still here", flush=True)
    time.sleep(0.01)
`,
      { detached: true },
    );
    await process.close();
    await sleep(1500);
    expect(lives(process.pid)).to.equal(true);
    globalThis.process.kill(process.pid, "SIGKILL");
    await eventually(() => !lives(process.pid), "it has ended");
  });

  it("does not wait for a daemon that holds its outputs open, and lets it live", async () => {
    const process = await python(`
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
    os._exit(0)
os.wait()
print("done", flush=True)
os._exit(4)
`);
    const began = performance.now();
    const { stdout } = await process.communicate();
    expect(text(stdout)).to.equal("done\n");
    expect(process.returncode).to.equal(4);
    expect(performance.now() - began).to.be.within(500, 10_000);
  });

  it("waits for a reader that is slow, and loses nothing that was written before the end", async () => {
    const process = await python("import sys; sys.stdout.write('x' * 3_000_000)");
    await sleep(2500);
    let read = 0;
    for await (const chunk of process.stdout) {
      read += chunk.byteLength;
      await sleep(5);
    }
    expect(read).to.equal(3_000_000);
    expect(await process.wait({ timeout: 20 })).to.equal(0);
  });

  it("holds up who writes to a process that does not read", async () => {
    const process = await popen(["/bin/sleep", "60"]);
    let written = 0;
    const writing = (async () => {
      for (;;) {
        await process.stdin.write(Buffer.alloc(32 * 1024));
        written += 32 * 1024;
      }
    })().catch(() => {});
    let before = -1;
    await eventually(async () => {
      before = written;
      await sleep(300);
      return before === written && written > 0;
    }, "the writer stands still");
    expect(written).to.be.below(64 * 1024 * 1024);
    await process.close();
    await writing;
  });
});

describeOnMachine("Popen that is not allowed", () => {
  it("is Unsupported, and says so", async () => {
    await using host = await open("local:");
    expect((await host.hostInfo()).methods).to.not.include("Process.Popen");
    const error = (await failure(host.popen(["/bin/sleep", "1"]))) as HostscopeError;
    expect(error).to.be.instanceOf(Unsupported);
    expect(error.code).to.equal("disabled");
    expect(await failure(open("grpc://127.0.0.1:1", { allowExec: true }))).to.be.instanceOf(InvalidArgument);
    expect(await failure(open("local:", { allowExec: 1 as never }))).to.be.instanceOf(InvalidArgument);
  });
});
