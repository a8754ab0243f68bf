// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/common.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";

/**
 * One process, for good: a pid alone is recycled, a ref is not. Every RPC on a process takes a ref and verifies each
 * mark that both sides know; a mark that either side lacks counts as equal, never as reused.
 */
export interface ProcessRef {
  /** Process id as the host's kernel knows it. On Linux a thread id is accepted too, as in psutil. */
  pid: number;
  /**
   * The kernel's start mark: ticks since boot on Linux (/proc/PID/stat field 22), creation FILETIME in 100 ns units on
   * Windows. Never an epoch time, which shifts with the clock.
   * A decimal string: the number may be too large for a double.
   */
  start: string | null;
  /**
   * Inode of the process's pidfd, unique until reboot. Linux 6.9 or newer; absent elsewhere.
   * A decimal string: the number may be too large for a double.
   */
  pidfdInode: string | null;
  /**
   * Check mark of the boot in which the process was seen: the first 32 bits of the boot id. Refuses refs from before a
   * reboot. Absent where the platform has no boot id.
   */
  boot: number | null;
}

/** Decodes a ProcessRef. Throws RangeError if the bytes are not one. */
export function decodeProcessRef(bytes: Uint8Array): ProcessRef {
  return readProcessRef(new PlainReader(bytes));
}

/** Reads a ProcessRef up to the reader's end; for decoders of messages that hold one. */
export function readProcessRef(reader: PlainReader): ProcessRef {
  let pid: number = 0;
  let start: string | null = null;
  let pidfdInode: string | null = null;
  let boot: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        pid = reader.int64();
        break;
      case 16:
        start = reader.uint64Text();
        break;
      case 24:
        pidfdInode = reader.uint64Text();
        break;
      case 37:
        boot = reader.fixed32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    pid,
    start,
    pidfdInode,
    boot,
  };
}

/** When a value was read. Rates are computed from two samples of the monotonic clock, never from the wall clock. */
export interface Sample {
  /** Host's monotonic clock in nanoseconds; comparable only between samples of one boot of one host. */
  monotonicNs: number;
  /** Host's wall clock, seconds since the epoch. */
  time: number;
}

/** Decodes a Sample. Throws RangeError if the bytes are not one. */
export function decodeSample(bytes: Uint8Array): Sample {
  return readSample(new PlainReader(bytes));
}

/** Reads a Sample up to the reader's end; for decoders of messages that hold one. */
export function readSample(reader: PlainReader): Sample {
  let monotonicNs: number = 0;
  let time: number = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        monotonicNs = reader.uint64();
        break;
      case 17:
        time = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    monotonicNs,
    time,
  };
}
