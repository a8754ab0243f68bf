// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AccessDenied } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { failureOf } from "../support/failure-of.ts";
import { pythonProcess, type TestProcess, zombieProcess } from "../support/hostile-process.ts";
import { machine } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";

/** Opens a file in each mode, and everything that is no file that can be named. */
const PROGRAM = `
import socket
os.chdir(sys.argv[1])
kept = []
def file(name, mode, position=0):
    with open(name, "ab") as f: f.write(b"0123456789")
    f = open(name, mode, buffering=0)
    f.seek(position)
    kept.append(f)
file("read", "rb", 3)
file("written", "wb")
file("appended", "ab")
file("read and written", "r+b", 7)
file("written and read", "w+b", 5)
file("appended and read", "a+b", 2)
file("new\\nline", "rb")
file("not a mark (deleted)", "rb")
file("removed", "rb"); os.unlink("removed")
file("has two names", "rb"); os.link("has two names", "the other"); os.unlink("has two names")
os.mkfifo("pipe")
kept += [os.open("pipe", os.O_RDWR), os.open(".", os.O_RDONLY), os.open("/dev/null", os.O_RDWR), os.pipe()]
kept += [socket.socket(), os.memfd_create("memory"), os.open("read", os.O_RDWR | os.O_SYNC)]
`;

type OpenFile = { path: string; fd: number; position: number; mode: string; flags: number };

describeOnEveryTransport("Open files of a process", (host) => {
  itProves("are those that it opened and keeps", ["process.openFiles"], async () => {
    const folder = mkdtempSync(join(tmpdir(), "hostscope-files-"));
    const file = join(folder, "kept open");
    writeFileSync(file, "x");
    const kept = machine.paths.of(file);
    const target = await machine.target({ files: [kept] });
    const other = await machine.target();
    try {
      const paths = async (pid: number) => (await (await host().process(pid)).openFiles()).map(({ path }) => path);
      expect(await paths(target.pid)).to.include(kept);
      expect(await paths(other.pid)).to.not.include(kept);
    } finally {
      await target.stop();
      await other.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describeOnEveryTransport("Open files of a process against psutil", (host) => {
  let folder: string;
  let psutil: PsutilOracle;
  let target: TestProcess;
  before(async function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
    folder = mkdtempSync(join(tmpdir(), "hostscope-files-"));
    target = await pythonProcess(PROGRAM, [folder]);
  });
  after(async () => {
    psutil?.stop();
    await target?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  it("regular files with a name, their positions, modes and flags are the same", async () => {
    const process = await host().process(target.pid);
    const ours = await process.openFiles();
    const theirs = await psutil.value<OpenFile[]>(`psutil.Process(${target.pid}).open_files()`);
    const byFd = (files: readonly { fd: number | null }[]) => [...files].sort((a, b) => Number(a.fd) - Number(b.fd));
    expect(byFd(ours)).to.deep.equal(byFd(theirs));
    // Its output may be a file elsewhere.
    const opened = ours.filter(({ path }) => path.startsWith(folder));
    const told = new Map(opened.map(({ path, mode, position }) => [path.slice(folder.length + 1), [mode, position]]));
    expect(told.get("appended")).to.deep.equal(["a", 0]);
    expect(told.get("read and written")).to.deep.equal(["r+", 7]);
    expect(told.get("written and read")).to.deep.equal(["r+", 5]);
    expect(told.get("appended and read")).to.deep.equal(["a+", 2]);
    expect([...told.keys()])
      .to.include("new\nline")
      .and.to.include("not a mark (deleted)");
    for (const name of ["removed", "has two names", "pipe", ""]) expect(told.has(name), name).to.equal(false);
  });

  it("a zombie has none, as far as the kernel lets anybody but root look", async () => {
    const parent = await zombieProcess();
    try {
      const zombie = await host().process(parent.zombie);
      if (process.getuid?.() === 0) expect(await zombie.openFiles()).to.deep.equal([]);
      else expect(await failureOf(zombie.openFiles())).to.be.instanceOf(AccessDenied);
    } finally {
      await parent.stop();
    }
  });
});
