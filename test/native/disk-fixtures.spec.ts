// SPDX-License-Identifier: Apache-2.0

import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCollector } from "@hostscope/native";
import { describeMethod, StatusCode, type Transport } from "@hostscope/proto";
import type { DiskIoCounters, DiskPartition } from "@hostscope/proto/gen/disk";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { describeMachine, machineFolder } from "../support/linux-machine.ts";
import { ProcTree } from "../support/proc-tree.ts";
import { itProves } from "../support/proofs.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";

const { diskIoCounters, diskPartitions, diskUsage, netIoCounters } = System.method;
const SECTOR = 512n;

/** All values in psutil's order. */
const values = (io: DiskIoCounters | undefined) => [
  ...[io?.readCount, io?.writeCount, io?.readBytes, io?.writeBytes, io?.readTime, io?.writeTime],
  ...[io?.readMergedCount, io?.writeMergedCount, io?.busyTime],
];
const mounts = (partitions: readonly DiskPartition[]) =>
  partitions.map(({ device, mountpoint, fstype, opts }) => [device ?? null, mountpoint, fstype ?? null, opts]);

describeMachine("storage-server", (host) => {
  itProves("counts input and output in lines of every length", ["host.diskIoCounters"], async () => {
    const { disks } = await unaryCall(host(), diskIoCounters, { perdisk: true });
    const byName = new Map(disks.map((disk) => [disk.name, values(disk)]));
    const all = "sda sda1 sda2 nvme0n1 nvme0n1p1 cciss/c0d0 dm-0 mtd hda1 hde";
    expect([...byName.keys()].join(" ")).to.equal(all);
    const sda = [1000n, 400n, 20000n * SECTOR, 8000n * SECTOR, 3000n, 500n, 100n, 40n, 600n];
    expect(byName.get("sda")).to.deep.equal(sda);
    expect(byName.get("nvme0n1p1")).to.deep.equal([5n, 9n, 7n * SECTOR, 11n * SECTOR, 8n, 12n, 6n, 10n, 14n]);
    expect(byName.get("cciss/c0d0")).to.deep.equal([10n, 20n, 16n * SECTOR, 32n * SECTOR, 2n, 4n, 1n, 3n, 5n]);
    expect(byName.get("mtd")?.[0]).to.equal(2n ** 64n - 1n);
    const unknown = Array(5).fill(undefined);
    expect(byName.get("hda1")).to.deep.equal([11n, 33n, 22n * SECTOR, 44n * SECTOR, ...unknown]);
    expect(byName.get("hde")).to.deep.equal([12n, 16n, 14n * SECTOR, 18n * SECTOR, 15n, 19n, 13n, 17n, 21n]);
  });

  it("adds up whole disks only, also those with a slash in their name", async () => {
    const { total, disks } = await unaryCall(host(), diskIoCounters);
    expect(disks).to.deep.equal([]);
    expect(total?.name).to.equal(undefined);
    expect(total?.writeCount).to.equal(400n + 3000n + 20n + 8n);
    expect(total?.readBytes).to.equal((20000n + 40000n + 16n + 56n) * SECTOR);
    expect(total?.busyTime).to.equal(600n + 6000n + 5n + 3n);
  });

  it("lists mounts of file systems on a device, names decoded", async () => {
    const { partitions } = await unaryCall(host(), diskPartitions);
    expect(mounts(partitions)).to.deep.equal([
      ["/dev/root", "/", "ext4", "rw,relatime,errors=remount-ro"],
      ["/dev/sda1", "/boot/efi", "vfat", "rw,relatime,fmask=0077"],
      ["/dev/sdb1", "/mnt/My Disk\t(1)\\new\nline", "fuseblk", "rw,user_id=0"],
      ["tank/data", "/tank", "zfs", "rw,xattr,noacl"],
      ["/dev/sda1", "/srv/again", "ext4", "ro"],
      ["#hash", "/hash", "ext4", "ro"],
    ]);
  });

  it("lists every mount if asked, without a device where there is none", async () => {
    const { partitions } = await unaryCall(host(), diskPartitions, { all: true });
    expect(partitions).to.have.length(11);
    expect(mounts(partitions)[4]).to.deep.equal(["server:/export a", "/mnt/nfs", "nfs4", "rw,vers=4.2,addr=192.0.2.7"]);
    expect(mounts(partitions)[6]).to.deep.equal([null, "/run/none", "tmpfs", "rw"]);
    expect(mounts(partitions)[7]).to.deep.equal([null, "/run/empty", "tmpfs", "rw"]);
  });

  it("finds the device behind /dev/root if the host's own devices are at hand", async () => {
    const folder = machineFolder("storage-server");
    const collector = createCollector({ procRoot: `${folder}/proc`, sysRoot: `${folder}/sys`, rootfs: folder });
    const { partitions } = await unaryCall(collector, diskPartitions);
    await collector.close();
    expect(partitions[0]?.device).to.equal("/dev/sda2");
  });
});

describeMachine("embedded", (host) => {
  it("reads /sys/block if there are no diskstats", async () => {
    const { total, disks } = await unaryCall(host(), diskIoCounters, { perdisk: true });
    expect(disks.map(({ name }) => name)).to.deep.equal(["cciss/c0d0", "mmcblk0", "mmcblk0p1"]);
    expect(values(disks[1])).to.deep.equal([300n, 40n, 8000n * SECTOR, 640n * SECTOR, 150n, 70n, 20n, 2n, 90n]);
    expect(total?.readCount).to.equal(305n);
  });

  it("keeps /dev/root if nothing says what it is", async () => {
    const { partitions } = await unaryCall(host(), diskPartitions, { all: true });
    expect(mounts(partitions)).to.deep.equal([
      ["/dev/root", "/", "ext4", "ro,noatime"],
      ["rootfs", "/old", "rootfs", "rw"],
      ["devtmpfs", "/dev", "devtmpfs", "rw"],
    ]);
  });
});

describe("Disks of a tree that changes", () => {
  let tree: ProcTree;
  let collector: Transport;
  before(() => {
    tree = new ProcTree();
    mkdirSync(join(tree.root, "sys/block/sda"), { recursive: true });
    collector = createCollector({ procRoot: tree.root, sysRoot: `${tree.root}/sys`, rootfs: tree.root });
  });
  after(async () => {
    await collector?.close();
    tree.remove();
  });

  const stats = (reads: number) => {
    const line = (name: string, count: number) => `8 0 ${name} ${count} 0 0 0 0 0 0 0 0 0 0\n`;
    writeFileSync(join(tree.root, "diskstats"), line("sda", reads) + line("sda1", reads + 1));
  };
  const read = async (perdisk: boolean, nowrap?: boolean) => {
    const { total, disks } = await unaryCall(collector, diskIoCounters, { perdisk, nowrap });
    return [total, ...disks].map((io) => Number(io?.readCount));
  };

  it("never counts backwards, in one memory for all ways to ask", async () => {
    stats(100);
    expect(await read(true)).to.deep.equal([100, 100, 101]);
    stats(10);
    expect(await read(false)).to.deep.equal([110]);
    expect(await read(true, false)).to.deep.equal([10, 10, 11]);
    expect(await read(true)).to.deep.equal([110, 110, 112]);
    stats(90);
    expect(await read(false, false)).to.deep.equal([90]);
    stats(20);
    expect(await read(true)).to.deep.equal([210, 210, 213]);
  });

  it("gives every one of many callers at once the same order of things", async () => {
    stats(50);
    const answers = await Promise.all(Array.from({ length: 50 }, () => read(false)));
    expect(new Set(answers.map(([count]) => count)).size).to.equal(1);
  });

  it("asks sysfs for the device behind /dev/root if partitions do not know it", async () => {
    tree.file("self/mounts", "/dev/root / ext4 rw 0 0\n");
    tree.file("self/mountinfo", "15 1 179:1 / / rw - ext4 /dev/root rw\n");
    tree.file("sys/dev/block/179:1/uevent", "MAJOR=179\nDEVNAME=mmcblk0p1\n");
    const device = async () => (await unaryCall(collector, diskPartitions, { all: true })).partitions[0]?.device;
    expect(await device(), "no such device").to.equal("/dev/root");
    tree.file("dev/mmcblk0p1", "");
    expect(await device()).to.equal("/dev/mmcblk0p1");
  });

  it("takes a path below the root of the host's files", async () => {
    tree.file("only/there", "");
    expect((await unaryCall(collector, diskUsage, { path: "/only/there" })).diskUsage?.total).to.be.greaterThan(0);
  });
});

describe("Counters that the system does not give", () => {
  it("hold one thread however many ask, and fail in the end even without a deadline", async () => {
    const tree = new ProcTree();
    const collector = createCollector({ procRoot: tree.root, sysRoot: tree.root, fieldTimeoutMs: 50, maxThreads: 2 });
    const method = describeMethod(diskIoCounters);
    try {
      const fifo = tree.stuck("diskstats");
      tree.file("net/dev", "Inter-|\n");
      const calls = Array.from({ length: 20 }, () => failureOf(collector.unary(method, new Uint8Array(), {})));
      for (const { code } of await Promise.all(calls)) expect(code).to.equal(StatusCode.DEADLINE_EXCEEDED);
      expect((await unaryCall(collector, netIoCounters)).total, "the other thread").to.equal(undefined);
      const late = unaryCall(collector, diskIoCounters, { perdisk: true });
      const writer = openSync(fifo, "r+");
      tree.replace("diskstats", "8 0 sda 1 0 0 0 0 0 0 0 0 0 0\n");
      closeSync(writer);
      expect((await late).disks[0]?.readCount).to.equal(1n);
    } finally {
      await collector.close();
      tree.remove();
    }
  });
});
