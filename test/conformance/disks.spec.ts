// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";
import { InvalidArgument, NotFound } from "@hostscope/client";
import { expect } from "chai";
import { eventually } from "../support/eventually.ts";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { machine, type Oracle } from "../support/machine/machine.ts";
import { itProves } from "../support/proofs.ts";
import type { PsutilOracle } from "../support/psutil-oracle.ts";
import { expectBetween, expectClose, TOLERANCE } from "../support/tolerance.ts";

type Fields = Record<string, number>;
interface Partition {
  readonly device: string;
  readonly mountpoint: string;
  readonly fstype: string;
  readonly opts: string;
}
interface FoundMount {
  readonly target: string;
  readonly source: string;
  readonly fstype: string;
}

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
/** A mount as psutil has it: no device, or none that can be read, is "". */
const plain = ({ device, mountpoint, fstype, opts }: { [K in keyof Partition]: string | null }) =>
  [device ?? "", mountpoint, fstype ?? "", opts].join(" | ");

/** What df(1) shows of the file system that this machine has at "/". */
const df = (...columns: string[]) =>
  execFileSync("df", ["--block-size=1", `--output=${columns.join()}`, "/"], { encoding: "utf8" })
    .split("\n")[1]
    ?.trim()
    .split(/\s+/)
    .map(Number) as number[];

describeOnEveryTransport("Disks", (host) => {
  let oracle: Oracle;
  let psutil: PsutilOracle;
  before(async function () {
    oracle = await machine.oracle(this);
    psutil = oracle.psutil;
  });
  after(() => oracle?.stop());

  for (const all of [false, true]) {
    it(`diskPartitions of ${all ? "all file systems" : "those on devices"} are psutil's, in its order`, async () => {
      const theirs = await psutil.value<Partition[]>(`psutil.disk_partitions(all=${all ? "True" : "False"})`);
      const ours = await host().diskPartitions({ all });
      expect(ours.map(plain)).to.deep.equal(theirs.map(plain));
    });
  }

  itProves("diskPartitions have the file systems that the oracle knows", ["host.diskPartitions"], async () => {
    type Known = Pick<Partition, "mountpoint" | "fstype"> & { opts?: string; read_only?: number };
    const theirs = await oracle.system<Known[]>("disk_partitions");
    const ours = await host().diskPartitions();
    expect(theirs).to.not.be.empty;
    for (const { mountpoint, fstype, opts, read_only } of theirs) {
      const found = ours.find((each) => each.mountpoint === mountpoint);
      expect(found?.fstype ?? "", mountpoint).to.equal(fstype);
      const isReadOnly = opts === undefined ? read_only === 1 : /^ro\b/.test(opts);
      expect(found?.opts, mountpoint).to.match(isReadOnly ? /^ro\b/ : /^rw\b/);
    }
  });

  it("diskPartitions are what findmnt lists", async () => {
    const text = execFileSync("findmnt", ["--json", "--list", "--output", "TARGET,SOURCE,FSTYPE"], {
      encoding: "utf8",
    });
    const found = (JSON.parse(text) as { filesystems: FoundMount[] }).filesystems;
    const ours = await host().diskPartitions({ all: true });
    // findmnt adds what of a file system is mounted, in brackets.
    const theirs = found.map(({ target, source, fstype }) => [target, source.replace(/\[.*\]$/, ""), fstype].join(" "));
    const lines = ours.map(({ mountpoint, device, fstype }) => [mountpoint, device ?? "none", fstype].join(" "));
    expect(lines.sort()).to.deep.equal(theirs.sort());
  });

  it("diskUsage is psutil's on every mount", async () => {
    for (const mount of await host().diskPartitions({ all: true })) {
      const path = JSON.stringify(mount.mountpoint);
      const read = () => psutil.value<Fields>(`psutil.disk_usage(${path})`).catch(() => null);
      if ((await read()) === null) continue;
      // Others may write or remove much at once: in some moment the two agree.
      await eventually(async () => {
        const theirs = (await read()) as Fields;
        const ours = (await host().diskUsage(mount.mountpoint)) as unknown as Fields;
        expect(ours.total, path).to.equal(theirs.total);
        for (const name of ["used", "free"]) {
          expectClose(ours[name] as number, theirs[name] as number, TOLERANCE.diskBytes, `${path} ${name}`);
        }
        expectClose(ours.percent as number, theirs.percent as number, TOLERANCE.diskPercent, path);
      });
    }
  });

  itProves("diskUsage is what df shows", ["host.diskUsage"], async () => {
    await eventually(async () => {
      const ours = await host().diskUsage(machine.paths.root);
      const [size, used, available] = df("size", "used", "avail") as [number, number, number];
      expect(ours.total).to.equal(size);
      // Windows knows of nothing that is reserved: there it is in use.
      const taken = machine.os === "windows" ? size - available : used;
      expectClose(ours.used, taken, TOLERANCE.diskBytes, "used");
      expectClose(ours.free, available, TOLERANCE.diskBytes, "free");
    });
  });

  it("diskUsage is what df shows of inodes", async () => {
    const [inodes, inodesFree] = df("itotal", "iavail") as [number, number];
    const ours = await host().diskUsage("/");
    // df shows 0 where there is no limit.
    expectClose(ours.inodes ?? 0, inodes, inodes * TOLERANCE.counterShare, "inodes");
    expectClose(ours.inodesFree ?? 0, inodesFree, inodesFree * TOLERANCE.counterShare, "inodesFree");
  });

  it("diskUsage takes a file for the file system it is on", async () => {
    expect((await host().diskUsage(machine.paths.file)).total).to.be.greaterThan(0);
  });

  const failure = (path: string) =>
    host()
      .diskUsage(path)
      .then(
        () => null,
        (error: unknown) => error,
      );

  it("diskUsage refuses what is not there, and what is no whole path, with a typed error", async () => {
    expect(await failure(machine.paths.missing))
      .to.be.instanceOf(NotFound)
      .and.include({ code: "not_found" });
    for (const path of ["", machine.paths.relative, "a\0b"]) {
      expect(await failure(path), path).to.be.instanceOf(InvalidArgument);
    }
  });

  it("diskUsage refuses odd paths of Linux", async () => {
    expect(await failure("/no/such/place"))
      .to.be.instanceOf(NotFound)
      .and.include({ code: "not_found", osError: 2 });
    expect(await failure("/etc/passwd/x"))
      .to.be.instanceOf(NotFound)
      .and.include({ osError: 20 });
    for (const path of ["", "etc", "/etc/../etc", "/..", "/a\0b", `/${"x".repeat(4096)}`, `/${"x".repeat(300)}`]) {
      expect(await failure(path), path).to.be.instanceOf(InvalidArgument);
    }
    expect((await host().diskUsage("//proc/./")).percent).to.equal(0);
  });

  it("diskIoCounters of each disk count between two of psutil's readings", async () => {
    const before = await psutil.value<Record<string, Fields>>("psutil.disk_io_counters(perdisk=True)");
    const ours = await host().diskIoCounters({ perdisk: true });
    const after = await psutil.value<Record<string, Fields>>("psutil.disk_io_counters(perdisk=True)");
    expect(Object.keys(ours)).to.deep.equal(Object.keys(before));
    for (const [disk, counters] of Object.entries(ours)) {
      for (const [name, value] of Object.entries(before[disk] as Fields)) {
        const actual = (counters as unknown as Fields)[camel(name)] as number;
        expectBetween(actual, value, after[disk]?.[name] as number, `${disk} ${name}`);
      }
    }
  });

  it("diskIoCounters of all disks count between two of psutil's readings", async () => {
    const before = await psutil.value<Fields | null>("psutil.disk_io_counters()");
    const ours = (await host().diskIoCounters()) as unknown as Fields | null;
    const after = await psutil.value<Fields | null>("psutil.disk_io_counters()");
    if (before === null) return expect(ours).to.equal(null);
    for (const [name, value] of Object.entries(before)) {
      expectBetween(ours?.[camel(name)] as number, value, after?.[name] as number, name);
    }
  });
});
