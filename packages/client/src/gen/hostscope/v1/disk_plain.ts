// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/disk.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";

/** One mounted file system. Linux: a line of /proc/self/mounts. */
export interface DiskPartition {
  /** Device, e.g. "/dev/sda1" or "C:\". Absent for a mount without one, where psutil gives "". */
  device: string | null;
  /** Where it is mounted, e.g. "/home" or "C:\". */
  mountpoint: string;
  /** File system, e.g. "ext4" or "NTFS". Absent for an empty drive, where psutil gives "". */
  fstype: string | null;
  /** Mount options joined by commas, e.g. "rw,noatime". Windows: the drive type comes last, e.g. "rw,fixed". */
  opts: string;
}

/** Decodes a DiskPartition. Throws RangeError if the bytes are not one. */
export function decodeDiskPartition(bytes: Uint8Array): DiskPartition {
  return readDiskPartition(new PlainReader(bytes));
}

/** Reads a DiskPartition up to the reader's end; for decoders of messages that hold one. */
export function readDiskPartition(reader: PlainReader): DiskPartition {
  let device: string | null = null;
  let mountpoint: string = "";
  let fstype: string | null = null;
  let opts: string = "";
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        device = reader.string();
        break;
      case 18:
        mountpoint = reader.string();
        break;
      case 26:
        fstype = reader.string();
        break;
      case 34:
        opts = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    device,
    mountpoint,
    fstype,
    opts,
  };
}

/** Response of System.DiskPartitions. */
export interface DiskPartitionsResponse {
  /** When the mounts were read. */
  sample: Sample | null;
  /** Mounts in the system's order; a device mounted twice is there twice. */
  partitions: DiskPartition[];
}

/** Decodes a DiskPartitionsResponse. Throws RangeError if the bytes are not one. */
export function decodeDiskPartitionsResponse(bytes: Uint8Array): DiskPartitionsResponse {
  return readDiskPartitionsResponse(new PlainReader(bytes));
}

/** Reads a DiskPartitionsResponse up to the reader's end; for decoders of messages that hold one. */
export function readDiskPartitionsResponse(reader: PlainReader): DiskPartitionsResponse {
  let sample: Sample | null = null;
  const partitions: DiskPartition[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        partitions.push(readDiskPartition(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    partitions,
  };
}

/** Space of one file system; gauges. Linux: statvfs(3). */
export interface DiskUsage {
  /** Size, bytes. */
  total: number;
  /** In use, bytes. On POSIX used + free is below total by what is reserved for root. */
  used: number;
  /** Free for unprivileged users, bytes. */
  free: number;
  /** Use as an unprivileged user sees it, one decimal: used / (used + free) on POSIX, used / total on Windows. */
  percent: number;
  /** Files and directories it can hold. POSIX; absent where the file system sets no limit. */
  inodes: number | null;
  /** Of these, free for unprivileged users. */
  inodesFree: number | null;
}

/** Decodes a DiskUsage. Throws RangeError if the bytes are not one. */
export function decodeDiskUsage(bytes: Uint8Array): DiskUsage {
  return readDiskUsage(new PlainReader(bytes));
}

/** Reads a DiskUsage up to the reader's end; for decoders of messages that hold one. */
export function readDiskUsage(reader: PlainReader): DiskUsage {
  let total: number = 0;
  let used: number = 0;
  let free: number = 0;
  let percent: number = 0;
  let inodes: number | null = null;
  let inodesFree: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        total = reader.uint64();
        break;
      case 16:
        used = reader.uint64();
        break;
      case 24:
        free = reader.uint64();
        break;
      case 33:
        percent = reader.double();
        break;
      case 40:
        inodes = reader.uint64();
        break;
      case 48:
        inodesFree = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    total,
    used,
    free,
    percent,
    inodes,
    inodesFree,
  };
}

/** Response of System.DiskUsage. */
export interface DiskUsageResponse {
  /** When the space was read. */
  sample: Sample | null;
  /** The space. */
  diskUsage: DiskUsage | null;
}

/** Decodes a DiskUsageResponse. Throws RangeError if the bytes are not one. */
export function decodeDiskUsageResponse(bytes: Uint8Array): DiskUsageResponse {
  return readDiskUsageResponse(new PlainReader(bytes));
}

/** Reads a DiskUsageResponse up to the reader's end; for decoders of messages that hold one. */
export function readDiskUsageResponse(reader: PlainReader): DiskUsageResponse {
  let sample: Sample | null = null;
  let diskUsage: DiskUsage | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        diskUsage = readDiskUsage(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    diskUsage,
  };
}

/** Input and output of a disk since boot; counters. Linux: a line of /proc/diskstats, /sys/block if that is missing. */
export interface DiskIoCounters {
  /** Device, e.g. "sda", "nvme0n1p2" or "PhysicalDrive0"; absent in a total. */
  name: string | null;
  /** Reads completed. */
  readCount: number;
  /** Writes completed. */
  writeCount: number;
  /** Bytes read. Linux: sectors of 512 bytes, whatever the device's own are. */
  readBytes: number;
  /** Bytes written. Linux: sectors of 512 bytes. */
  writeBytes: number;
  /** Milliseconds spent reading, summed over requests. Not on NetBSD and OpenBSD. */
  readTime: number | null;
  /** Milliseconds spent writing, summed over requests. Not on NetBSD and OpenBSD. */
  writeTime: number | null;
  /** Reads merged into a neighbour before they were issued. Linux. */
  readMergedCount: number | null;
  /** Writes merged into a neighbour before they were issued. Linux. */
  writeMergedCount: number | null;
  /** Milliseconds during which a request was in flight. Linux, FreeBSD. */
  busyTime: number | null;
}

/** Decodes a DiskIoCounters. Throws RangeError if the bytes are not one. */
export function decodeDiskIoCounters(bytes: Uint8Array): DiskIoCounters {
  return readDiskIoCounters(new PlainReader(bytes));
}

/** Reads a DiskIoCounters up to the reader's end; for decoders of messages that hold one. */
export function readDiskIoCounters(reader: PlainReader): DiskIoCounters {
  let name: string | null = null;
  let readCount: number = 0;
  let writeCount: number = 0;
  let readBytes: number = 0;
  let writeBytes: number = 0;
  let readTime: number | null = null;
  let writeTime: number | null = null;
  let readMergedCount: number | null = null;
  let writeMergedCount: number | null = null;
  let busyTime: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 16:
        readCount = reader.uint64();
        break;
      case 24:
        writeCount = reader.uint64();
        break;
      case 32:
        readBytes = reader.uint64();
        break;
      case 40:
        writeBytes = reader.uint64();
        break;
      case 48:
        readTime = reader.uint64();
        break;
      case 56:
        writeTime = reader.uint64();
        break;
      case 64:
        readMergedCount = reader.uint64();
        break;
      case 72:
        writeMergedCount = reader.uint64();
        break;
      case 80:
        busyTime = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    readCount,
    writeCount,
    readBytes,
    writeBytes,
    readTime,
    writeTime,
    readMergedCount,
    writeMergedCount,
    busyTime,
  };
}

/** Response of System.DiskIoCounters. */
export interface DiskIoCountersResponse {
  /** When the counters were read. */
  sample: Sample | null;
  /** Whole devices summed, partitions not counted twice. Absent on a host without disks. */
  total: DiskIoCounters | null;
  /** Each device, on Linux partitions too, in the system's order; empty unless perdisk was asked for. */
  disks: DiskIoCounters[];
}

/** Decodes a DiskIoCountersResponse. Throws RangeError if the bytes are not one. */
export function decodeDiskIoCountersResponse(bytes: Uint8Array): DiskIoCountersResponse {
  return readDiskIoCountersResponse(new PlainReader(bytes));
}

/** Reads a DiskIoCountersResponse up to the reader's end; for decoders of messages that hold one. */
export function readDiskIoCountersResponse(reader: PlainReader): DiskIoCountersResponse {
  let sample: Sample | null = null;
  let total: DiskIoCounters | null = null;
  const disks: DiskIoCounters[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        total = readDiskIoCounters(reader);
        reader.leave(outer);
        break;
      }
      case 26: {
        const outer = reader.enter();
        disks.push(readDiskIoCounters(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    total,
    disks,
  };
}
