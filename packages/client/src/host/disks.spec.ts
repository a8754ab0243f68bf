// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { InternalError, InvalidArgument } from "../errors.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";

describe("Host's disks", () => {
  let fake: FakeTransport;
  beforeEach(() => {
    fake = new FakeTransport();
  });

  it("diskPartitions lists physical devices unless all are asked for", async () => {
    fake.on(System.method.diskPartitions, ({ all }) => ({
      partitions: [{ device: "/dev/sda1", mountpoint: "/", fstype: "ext4", opts: "rw" }, ...(all ? [{}] : [])],
    }));
    const host = createHost(fake);
    expect(await host.diskPartitions()).to.deep.equal([
      { device: "/dev/sda1", mountpoint: "/", fstype: "ext4", opts: "rw" },
    ]);
    expect((await host.diskPartitions({ all: true }))[1]).to.include({ device: null, fstype: null });
    await failureOf(host.diskPartitions({ all: "yes" as never }), InvalidArgument);
  });

  it("diskUsage sends the path as it is and passes the host's verdict on", async () => {
    fake.on(System.method.diskUsage, ({ path }) => {
      if (path !== "/ä b") throw new StatusError(StatusCode.INVALID_ARGUMENT, "path must be absolute");
      return { diskUsage: { total: 2n ** 50n, used: 1n, free: 2n, percent: 33.3 } };
    });
    const host = createHost(fake);
    expect(await host.diskUsage("/ä b")).to.include({ total: 2 ** 50, percent: 33.3, inodes: null });
    const error = await failureOf(host.diskUsage("relative"), InvalidArgument);
    expect(error.message).to.contain("path must be absolute");
    await failureOf(host.diskUsage(5 as never), InvalidArgument);
    expect(fake.count("DiskUsage")).to.equal(2);
    fake.on(System.method.diskUsage, () => ({}));
    await failureOf(host.diskUsage("/"), InternalError);
  });

  it("diskIoCounters is the total, null without disks, or each device by name", async () => {
    const asked: unknown[] = [];
    let total: object | undefined = { readCount: 3n, busyTime: 5n };
    fake.on(System.method.diskIoCounters, ({ perdisk, nowrap }) => {
      asked.push([perdisk, nowrap]);
      const disks = perdisk ? [{ name: "sda", readCount: 1n }, { name: "__proto__" }] : [];
      return { ...(total === undefined ? {} : { total }), disks };
    });
    const host = createHost(fake);
    expect(await host.diskIoCounters()).to.include({ name: null, readCount: 3, busyTime: 5, readTime: null });
    const disks = await host.diskIoCounters({ perdisk: true, nowrap: false });
    expect(Object.keys(disks)).to.deep.equal(["sda", "__proto__"]);
    expect(disks.sda).to.include({ name: "sda", readCount: 1 });
    total = undefined;
    expect(await host.diskIoCounters({ perdisk: false })).to.equal(null);
    expect(asked).to.deep.equal([
      [false, true],
      [true, false],
      [false, true],
    ]);
    const typo = await failureOf(host.diskIoCounters({ perDisk: true } as object), InvalidArgument);
    expect(typo.message).to.contain('did you mean "perdisk"?');
  });
});
