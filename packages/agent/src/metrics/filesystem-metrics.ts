// SPDX-License-Identifier: Apache-2.0

import { StatusError } from "@hostscope/proto";
import type { DiskPartition } from "@hostscope/proto/gen/disk";
import { System } from "@hostscope/proto/gen/system";
import { type Collector, shownRows } from "./collector.ts";
import { gauge } from "./family.ts";
import { inParallel } from "./in-parallel.ts";
import type { Reader } from "./reader.ts";

const { diskPartitions, diskUsage } = System.method;

// These hold no files of anyone, or, like autofs, mount something when they are asked.
const VIRTUAL = new Set(
  (
    "autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fusectl hugetlbfs iso9660 mqueue " +
    "nsfs proc procfs pstore rpc_pipefs securityfs selinuxfs squashfs sysfs tracefs"
  ).split(" "),
);
const HIDDEN = /^\/(dev|proc|sys|run\/credentials\/.+|var\/lib\/docker\/.+|var\/lib\/containers\/storage\/.+)($|\/)/;

// The collector has few threads for file systems, and a dead one keeps its own: most are left to callers.
const AT_ONCE = 2;
const ONE_MOUNT_MS = 2_000;

/** Space of the mounted file systems, as node_exporter picks them: no virtual ones, no layers of containers. */
export const filesystemCollector: Collector = {
  name: "filesystem",
  async collect(reader) {
    const { partitions } = await reader.unary(diskPartitions, { all: true });
    const mounts = shownRows(
      partitions.filter(isShown),
      ({ device }) => device,
      ({ mountpoint }) => mountpoint,
    );
    const size = gauge("node_filesystem_size_bytes", "Size of the file system.");
    const free = gauge("node_filesystem_free_bytes", "Space not in use, what is reserved for root included.");
    const avail = gauge("node_filesystem_avail_bytes", "Space free for unprivileged users.");
    const files = gauge("node_filesystem_files", "Files the file system can hold.");
    const filesFree = gauge("node_filesystem_files_free", "Files that can still be made.");
    const readonly_ = gauge("node_filesystem_readonly", "Whether the file system is mounted read-only.");
    const failed = gauge("node_filesystem_device_error", "Whether the file system's space could not be read.");
    await inParallel(mounts, AT_ONCE, async (mount) => {
      const labels = { device: mount.device ?? "none", fstype: mount.fstype, mountpoint: mount.mountpoint };
      const usage = await usageOf(mount, reader);
      failed.add(usage === null ? 1 : 0, labels);
      readonly_.add(mount.opts.split(",").includes("ro") ? 1 : 0, labels);
      if (usage === null) return;
      size.add(usage.total, labels);
      free.add(usage.total - usage.used, labels);
      avail.add(usage.free, labels);
      files.add(usage.inodes, labels);
      filesFree.add(usage.inodesFree, labels);
    });
    return [size, free, avail, files, filesFree, readonly_, failed];
  },
};

function isShown({ fstype = "", mountpoint }: DiskPartition): boolean {
  if (VIRTUAL.has(fstype) || HIDDEN.test(mountpoint)) return false;
  // The root of a container, seen from inside, is its only file system; elsewhere it is a layer of somebody else's.
  return fstype !== "overlay" || mountpoint === "/";
}

async function usageOf({ mountpoint }: DiskPartition, reader: Reader) {
  // However many are dead, there is time left to tell of the others.
  const mostMs = Math.min(ONE_MOUNT_MS, reader.timeLeft / 2);
  try {
    return (await reader.unary(diskUsage, { path: mountpoint }, mostMs)).diskUsage ?? null;
  } catch (error) {
    if (error instanceof StatusError) return null;
    throw error;
  }
}
