// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, realpathSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { machine, type Oracle, type Target } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import type { PsutilOracle } from "../support/psutil-oracle.ts";
import { expectClose, TOLERANCE } from "../support/tolerance.ts";

type Fields = Record<string, number>;

const IO_CLASSES = ["none", "rt", "be", "idle"];
const IS_ROOT = process.getuid?.() === 0;

describeOnEveryTransport("Details of a process", (host) => {
  let oracle: Oracle;
  let target: Target;
  let folder: string;
  before(async function () {
    oracle = await machine.oracle(this);
  });
  after(() => oracle?.stop());
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "hostscope-details-")));
  });
  afterEach(async () => {
    await target?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  itProves("cwd and environment are what the process itself says", ["process.cwd", "process.environ"], async () => {
    const env = {
      HOSTSCOPE_PLAIN: "1",
      HOSTSCOPE_EQUALS: "a=b=c",
      HOSTSCOPE_SPACES: " a b ",
      HOSTSCOPE_UMLAUT: "ä\u{1F600}",
    };
    target = await machine.target({ cwd: folder, env });
    const subject = await host().process(target.pid);
    expect(await subject.cwd())
      .to.equal(target.facts.cwd)
      .and.equal(machine.paths.of(folder));
    const ours = await subject.environ();
    expect(ours).to.include(env);
    const own = Object.entries(target.facts.environ).map(([name, value]) => [machine.variable(name), value]);
    expect(ours).to.deep.equal(Object.fromEntries(own));
  });

  itProves("threads are those that the system lists", ["process.threads", "process.numThreads"], async () => {
    target = await machine.target({ threads: 7 });
    const subject = await host().process(target.pid);
    const before = await subject.threads();
    await target.spin(0.3);
    const ours = await subject.threads();
    const ids = await oracle.process<number[]>(target.pid, "thread_ids");
    expect(ours.map(({ id }) => id)).to.deep.equal([...ids].sort((a, b) => a - b));
    expect(ours).to.have.length(8);
    expect(await subject.numThreads()).to.equal(8);
    const sum = ({ userTime, systemTime }: { userTime: number; systemTime: number }) => userTime + systemTime;
    const spent = ours.map((thread, at) => sum(thread) - sum(before[at] ?? thread));
    expect(spent.filter((time) => time > 0.2)).to.have.length(1);
    expect(Math.max(...spent)).to.be.within(0.25, 0.6);
  });

  itProves("cpuAffinity is what the system says, as it begins", ["process.cpuAffinity"], async () => {
    target = await machine.target();
    const ours = await (await host().process(target.pid)).cpuAffinity();
    expect(ours).to.deep.equal(await oracle.process(target.pid, "cpu_affinity"));
    expect(ours).to.not.be.empty;
  });
});

describeOnEveryTransport("Details of a process on Linux", (host) => {
  let oracle: Oracle;
  let psutil: PsutilOracle;
  let target: TestProcess;
  let folder: string;
  before(async function () {
    oracle = await machine.oracle(this);
    psutil = oracle.psutil;
  });
  after(() => oracle?.stop());
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "hostscope-details-")));
  });
  afterEach(async () => {
    await target?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const theirs = <T>(method: string) => psutil.value<T>(`psutil.Process(${target.pid}).${method}`);

  it("cwd, of a folder that was removed too", async () => {
    target = await pythonProcess("os.chdir(sys.argv[1])", [folder]);
    const subject = await host().process(target.pid);
    expect(await subject.cwd()).to.equal(folder);
    expect(await theirs("cwd()")).to.equal(folder);
    rmdirSync(folder);
    expect(await subject.cwd()).to.equal(folder);
  });

  it("cwd of a folder whose name ends as the kernel's mark of removed ones", async () => {
    target = await pythonProcess("d = sys.argv[1] + '/a (deleted)'\nos.mkdir(d)\nos.chdir(d)", [folder]);
    expect(await (await host().process(target.pid)).cwd()).to.equal(`${folder}/a (deleted)`);
    expect(await theirs("cwd()")).to.equal(`${folder}/a (deleted)`);
  });

  it("environ as it was at the start, whatever it holds", async () => {
    const env = { PLAIN: "1", EMPTY: "", EQUALS: "a=b=c", LINES: "two\nlines", SPACES: " a b ", UMLAUT: "ä\u{1F600}" };
    target = await pythonProcess(
      `if len(sys.argv) == 1: os.execve(sys.executable, [sys.executable, "-c", "import time; print(1, flush=True); time.sleep(60)"], ${JSON.stringify(env)})`,
    );
    const ours = await (await host().process(target.pid)).environ();
    expect(ours).to.deep.equal(env);
    expect(ours).to.deep.equal(await theirs("environ()"));
  });

  it("environ of a process that has none", async () => {
    target = await pythonProcess(
      `if len(sys.argv) == 1: os.execve(sys.executable, [sys.executable, "-c", "import time; print(1, flush=True); time.sleep(60)"], {})`,
    );
    expect(await (await host().process(target.pid)).environ()).to.deep.equal({});
    expect(await theirs("environ()")).to.deep.equal({});
  });

  itProves("ionice in each class", ["process.ionice"], async () => {
    target = await pythonProcess("");
    const subject = await host().process(target.pid);
    const classes: [number, number][] = [
      [0, 0],
      [2, 0],
      [2, 7],
      [3, 0],
      ...(IS_ROOT ? ([[1, 4]] as [number, number][]) : []),
    ];
    for (const [ioclass, value] of classes) {
      await theirs(`ionice(${ioclass}${value === 0 ? "" : `, ${value}`})`);
      const ours = await subject.ionice();
      const expected = await theirs<Fields>("ionice()");
      expect(expected).to.deep.equal({ ioclass, value });
      expect(ours).to.deep.equal({ ioclass: IO_CLASSES[ioclass], value, level: null });
    }
  });

  itProves("numFds, when there are none and when there are thousands", ["process.numFds"], async () => {
    target = await pythonProcess("for fd in range(3, 9): \n  try: os.close(fd)\n  except OSError: pass");
    expect(await (await host().process(target.pid)).numFds()).to.equal(await theirs("num_fds()"));
    await target.stop();
    target = await pythonProcess("kept = [open('/dev/null') for _ in range(900)]");
    const many = await (await host().process(target.pid)).numFds();
    expect(many).to.equal(await theirs("num_fds()"));
    expect(many).to.be.above(900);
    await target.stop();
    target = await pythonProcess("print('ready', flush=True)\ntime.sleep(0.3)\nos.closerange(0, 64)\ntime.sleep(60)");
    for (let waited = 0; (await theirs("num_fds()")) !== 0 && waited < 100; waited++) await theirs("status()");
    expect(await (await host().process(target.pid)).numFds()).to.equal(await theirs("num_fds()"));
  });

  it("threads with their own times, by id, whatever they are called", async () => {
    target = await pythonProcess(`
import threading
def named(name, work):
    ready = threading.Event()
    def run():
        rename(name)
        work()
        ready.set()
        time.sleep(60)
    threading.Thread(target=run, daemon=True).start()
    ready.wait()
def spin():
    end = time.thread_time() + 0.25
    while time.thread_time() < end: pass
for _ in range(12): named(b"idle", lambda: None)
named(b"a) R 1 (b 9", spin)
`);
    const ours = await (await host().process(target.pid)).threads();
    const expected = await theirs<{ id: number }[]>("threads()");
    const ids = expected.map(({ id }) => id).sort((a, b) => a - b);
    expect(ours.map(({ id }) => id)).to.deep.equal(ids);
    expect(ids).to.have.length(14);
    const spinner = ours.at(-1);
    expect((spinner?.userTime ?? 0) + (spinner?.systemTime ?? 0)).to.be.within(0.2, 0.4);
    expect(ours.slice(1, -1).every(({ userTime, systemTime }) => userTime + systemTime < 0.1)).to.equal(true);
  });

  it("cpuAffinity of a process that is bound to one CPU", async () => {
    target = await pythonProcess("");
    const subject = await host().process(target.pid);
    const all = await theirs<number[]>("cpu_affinity()");
    expect(await subject.cpuAffinity()).to.deep.equal(all);
    await theirs(`cpu_affinity([${all.at(-1)}])`);
    expect(await subject.cpuAffinity()).to.deep.equal([all.at(-1)]);
    expect(await theirs("cpu_affinity()")).to.deep.equal([all.at(-1)]);
  });

  itProves("memoryInfoEx as psutil 8 has it, from the kernel's own account", ["process.memoryInfoEx"], async () => {
    target = await pythonProcess("x = bytearray(30_000_000)\ndel x\ny = bytearray(5_000_000)");
    const ours = await (await host().process(target.pid)).memoryInfoEx();
    const status = readFileSync(`/proc/${target.pid}/status`, "utf8");
    const bytes = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024;
    expect(ours).to.include({ peakVms: bytes("VmPeak"), swap: bytes("VmSwap"), rssShmem: bytes("RssShmem") });
    expectClose(ours.peakRss, bytes("VmHWM"), TOLERANCE.rssBytes, "peakRss");
    expectClose(ours.rssAnon, bytes("RssAnon"), TOLERANCE.rssBytes, "rssAnon");
    expectClose(ours.rssFile, bytes("RssFile"), TOLERANCE.rssBytes, "rssFile");
    expect(ours.peakRss).to.be.above((ours.rssAnon as number) + 15_000_000);
    const plain = await theirs<Fields>("memory_info()");
    expectClose(ours.rss, plain.rss as number, TOLERANCE.rssBytes, "rss");
    expect(ours.vms).to.equal(plain.vms);
  });
});
