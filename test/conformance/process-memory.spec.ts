// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { ZombieProcess } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { pythonProcess, type TestProcess, zombieProcess } from "../support/hostile-process.ts";
import { machine, type Target } from "../support/machine/machine.ts";
import { requireOracle } from "../support/oracle.ts";
import { plainEnvironment } from "../support/plain-environment.ts";
import { itProves } from "../support/proofs.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";
import { whileStandingStill } from "../support/standing-still.ts";
import { expectClose, TOLERANCE } from "../support/tolerance.ts";

type Numbers = Record<string, number>;
type Map = Record<string, number | string>;

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const inOurNames = (map: Map): Map => Object.fromEntries(Object.entries(map).map(([name, v]) => [camel(name), v]));

/** Memory that is written, only read, mapped from a file that is deleted, and named by the kernel. */
const PROGRAM = `
import mmap, tempfile
written = bytearray(5_000_000)
anonymous = mmap.mmap(-1, 1 << 20)
with tempfile.NamedTemporaryFile(suffix=" with blank") as f:
    f.write(b"x" * 10_000); f.flush()
    deleted = mmap.mmap(f.fileno(), 0)
    deleted.read()
`;

describeOnEveryTransport("Memory of a process", (host) => {
  let target: Target;
  before(async () => {
    target = await machine.target({ memory: 40_000_000 });
  });
  after(() => target?.stop());

  const INFO = ["process.memoryInfo", "process.memoryInfoEx"];
  itProves("holds what it wrote, at its peak too", INFO, async () => {
    const process = await host().process(target.pid);
    const [plain, more] = [await process.memoryInfo(), await process.memoryInfoEx()];
    expect(plain.rss).to.be.within(40_000_000, 200_000_000);
    expectClose(more.rss, plain.rss, TOLERANCE.rssBytes, "rss");
    expect(more.peakRss).to.be.at.least(40_000_000);
    const small = await machine.target();
    const other = await (await host().process(small.pid)).memoryInfo();
    await small.stop();
    expectClose(plain.rss - other.rss, 40_000_000, TOLERANCE.rssBytes, "the difference that it makes");
  });

  itProves("has regions for its program, each by itself or together", ["process.memoryMaps"], async () => {
    const process = await host().process(target.pid);
    const maps = await process.memoryMaps();
    const name = (path: string) => path.slice(path.lastIndexOf(machine.os === "windows" ? "\\" : "/") + 1);
    expect(maps.map(({ path }) => name(path))).to.include(name(target.facts.exe));
    const each = await process.memoryMaps({ grouped: false });
    expect(each.length).to.be.at.least(maps.length);
    expect(new Set(each.map(({ path }) => path))).to.deep.equal(new Set(maps.map(({ path }) => path)));
  });
});

describeOnEveryTransport("Memory of a process on Linux", (host) => {
  let psutil: PsutilOracle;
  let target: TestProcess;
  before(async function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
    target = await pythonProcess(PROGRAM);
  });
  after(async () => {
    psutil?.stop();
    await target?.stop();
  });
  const psutilSays = <T>(method: string) => psutil.value<T>(`psutil.Process(${target.pid}).${method}`);

  itProves(
    "memoryFullInfo is the same to the byte",
    ["process.memoryFullInfo", "process.memoryFootprint"],
    async () => {
      const process = await host().process(target.pid);
      const { ours, theirs } = await whileStandingStill(
        () => psutilSays<Numbers>("memory_full_info()"),
        () => process.memoryFullInfo(),
        (our, their) => isDeepStrictEqual({ ...our, ...their }, { ...our }),
      );
      expect(ours.uss).to.be.greaterThan(5_000_000);
      expect(ours).to.deep.include(theirs);
      expect(Object.keys(await process.memoryFootprint()).sort()).to.deep.equal(["pss", "swap", "uss"]);
    },
  );

  for (const memtype of ["uss", "pss", "swap", "vms"] as const) {
    it(`memoryPercent of ${memtype} is the same`, async () => {
      const process = await host().process(target.pid);
      const { ours, theirs } = await whileStandingStill(
        () => psutilSays<number>(`memory_percent("${memtype}")`),
        () => process.memoryPercent({ memtype }),
        (our, their) => Math.abs(our - their) < 1e-9,
      );
      expect(ours).to.be.closeTo(theirs, 1e-9);
    });
  }

  for (const grouped of [true, false]) {
    itProves(
      `memoryMaps ${grouped ? "by path" : "one by one"} are the same row by row`,
      ["process.memoryMaps"],
      async () => {
        const process = await host().process(target.pid);
        const own = grouped ? { addr: null, perms: null } : {};
        const asOurs = (map: Map) => ({ ...own, ...inOurNames(map) });
        const { ours, theirs } = await whileStandingStill(
          () => psutilSays<Map[]>(`memory_maps(grouped=${grouped ? "True" : "False"})`),
          () => process.memoryMaps({ grouped }),
          (our, their) => isDeepStrictEqual(our, their.map(asOurs)),
        );
        expect(ours).to.deep.equal(theirs.map(asOurs));
        const paths = ours.map(({ path }) => path);
        expect(paths).to.include("[heap]").and.to.include("[anon]").and.to.include("[stack]");
        expect(paths.filter((path) => path.endsWith(" with blank"))).to.have.length(1);
      },
    );
  }

  it("asked for together, they agree with each other", async () => {
    const process = await host().process(target.pid);
    const { memoryFullInfo: full, memoryMaps: maps } = await process.asDict({
      attrs: ["memoryFullInfo", "memoryMaps"],
    });
    const sum = (name: "pss" | "swap" | "privateClean" | "privateDirty") =>
      (maps ?? []).reduce((total, map) => total + (map[name] as number), 0);
    expect(full?.uss).to.equal(sum("privateClean") + sum("privateDirty"));
    expect(full?.pss).to.equal(sum("pss"));
    expect(full?.swap).to.equal(sum("swap"));
  });

  it("each region has pmap's size and resident part", async function () {
    const pmap = (): string =>
      execFileSync("pmap", ["-x", String(target.pid)], { encoding: "utf8", env: plainEnvironment() });
    requireOracle.call(this, "pmap (procps)", succeeds(pmap));
    const process = await host().process(target.pid);
    const { ours, theirs } = await whileStandingStill(
      async () => pmap().match(/^[0-9a-f]{16} +\d+ +\d+/gm) ?? [],
      () => process.memoryMaps({ grouped: false }),
    );
    expect(theirs.length).to.be.greaterThan(20);
    const lines = ours.map(({ addr, size, rss }) => [
      addr?.split("-")[0]?.padStart(16, "0"),
      Number(size) / 1024,
      rss / 1024,
    ]);
    expect(lines.map((line) => line.join(" "))).to.deep.equal(theirs.map((line) => line.replace(/ +/g, " ")));
  });

  it("a zombie has no memory and no regions", async () => {
    const parent = await zombieProcess();
    try {
      const zombie = await host().process(parent.zombie);
      expect(await zombie.memoryFootprint()).to.deep.equal({ uss: 0, pss: 0, swap: 0 });
      expect(await zombie.memoryPercent({ memtype: "uss" })).to.equal(0);
      const failure = await zombie.memoryMaps().catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(ZombieProcess);
    } finally {
      await parent.stop();
    }
  });
});

describeOnEveryTransport("A process with 50,000 mapped regions", (host) => {
  let target: TestProcess;
  before(async () => {
    target = await pythonProcess(`
import mmap
libc = ctypes.CDLL(None, use_errno=True)
PAGES = 50_000
memory = mmap.mmap(-1, PAGES * mmap.PAGESIZE)
start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
for page in range(0, PAGES, 2):
    if libc.mprotect(ctypes.c_void_p(start + page * mmap.PAGESIZE), mmap.PAGESIZE, 0) != 0: sys.exit("mprotect")
`);
  });
  after(() => target?.stop());

  it("is listed whole, one by one and grouped", async () => {
    const process = await host().process(target.pid);
    const lines = readFileSync(`/proc/${target.pid}/maps`, "utf8").trimEnd().split("\n");
    expect(lines.length).to.be.greaterThan(50_000);
    const maps = await process.memoryMaps({ grouped: false });
    expect(maps.map(({ addr, perms }) => `${addr} ${perms}`)).to.deep.equal(
      lines.map((line) => line.split(" ", 2).join(" ")),
    );
    // As the kernel names anonymous memory that is shared.
    const shared = (await process.memoryMaps()).find(({ path }) => path === "/dev/zero");
    expect(shared?.size).to.be.at.least(50_000 * 4096);
  });
});

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
