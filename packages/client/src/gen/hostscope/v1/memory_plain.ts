// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/memory.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";

/** Physical memory, bytes; gauges. Linux: /proc/meminfo. Control group limits are not in it. */
export interface VirtualMemory {
  /** Installed and usable. Linux: MemTotal. */
  total: number;
  /** What processes could get without swapping. Linux: MemAvailable, estimated where that is missing. */
  available: number;
  /** Share that is not available, percent of total, one decimal. */
  percent: number;
  /**
   * In use by programs. Linux: total - free - cached - buffers, as psutil 5.6.2 has it (psutil 7.1 and free(1) of
   * procps 4: total - available); total - free where that would be negative. Windows: total - available.
   */
  used: number;
  /** Not used at all; much less than available, as a rule. Windows: same as available. Linux: MemFree. */
  free: number;
  /** Used recently. Linux: Active; macOS, BSD. Not on Windows. */
  active: number | null;
  /** Not used recently, so the first to be given up. Linux: Inactive; macOS, BSD. Not on Windows. */
  inactive: number | null;
  /** Cache of raw block devices and file system metadata. Linux: Buffers; BSD. */
  buffers: number | null;
  /** Cache of file contents. Linux: Cached + SReclaimable; BSD; Windows: system cache. */
  cached: number | null;
  /** Shared memory and tmpfs. Linux: Shmem; BSD. */
  shared: number | null;
  /** The kernel's own structures. Linux: Slab. */
  slab: number | null;
  /** Never leaves physical memory. macOS, BSD; Windows: non-paged kernel memory. */
  wired: number | null;
}

/** Decodes a VirtualMemory. Throws RangeError if the bytes are not one. */
export function decodeVirtualMemory(bytes: Uint8Array): VirtualMemory {
  return readVirtualMemory(new PlainReader(bytes));
}

/** Reads a VirtualMemory up to the reader's end; for decoders of messages that hold one. */
export function readVirtualMemory(reader: PlainReader): VirtualMemory {
  let total: number = 0;
  let available: number = 0;
  let percent: number = 0;
  let used: number = 0;
  let free: number = 0;
  let active: number | null = null;
  let inactive: number | null = null;
  let buffers: number | null = null;
  let cached: number | null = null;
  let shared: number | null = null;
  let slab: number | null = null;
  let wired: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        total = reader.uint64();
        break;
      case 16:
        available = reader.uint64();
        break;
      case 25:
        percent = reader.double();
        break;
      case 32:
        used = reader.uint64();
        break;
      case 40:
        free = reader.uint64();
        break;
      case 48:
        active = reader.uint64();
        break;
      case 56:
        inactive = reader.uint64();
        break;
      case 64:
        buffers = reader.uint64();
        break;
      case 72:
        cached = reader.uint64();
        break;
      case 80:
        shared = reader.uint64();
        break;
      case 88:
        slab = reader.uint64();
        break;
      case 96:
        wired = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    total,
    available,
    percent,
    used,
    free,
    active,
    inactive,
    buffers,
    cached,
    shared,
    slab,
    wired,
  };
}

/** Response of System.VirtualMemory. */
export interface VirtualMemoryResponse {
  /** When the values were read. */
  sample: Sample | null;
  /** The values. */
  virtualMemory: VirtualMemory | null;
}

/** Decodes a VirtualMemoryResponse. Throws RangeError if the bytes are not one. */
export function decodeVirtualMemoryResponse(bytes: Uint8Array): VirtualMemoryResponse {
  return readVirtualMemoryResponse(new PlainReader(bytes));
}

/** Reads a VirtualMemoryResponse up to the reader's end; for decoders of messages that hold one. */
export function readVirtualMemoryResponse(reader: PlainReader): VirtualMemoryResponse {
  let sample: Sample | null = null;
  let virtualMemory: VirtualMemory | null = null;
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
        virtualMemory = readVirtualMemory(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    virtualMemory,
  };
}

/** Swap space. Linux: /proc/meminfo and /proc/vmstat. */
export interface SwapMemory {
  /** Size, bytes; 0 without swap. A gauge. Linux: SwapTotal. */
  total: number;
  /** In use, bytes; a gauge. Linux: SwapTotal - SwapFree. */
  used: number;
  /** Not in use, bytes; a gauge. Linux: SwapFree. */
  free: number;
  /** used / total, percent, one decimal; 0 without swap. A gauge. */
  percent: number;
  /** Bytes read back since boot; a counter. Linux: pswpin, in pages there. Absent on Windows, where psutil gives 0. */
  sin: number | null;
  /**
   * Bytes written out since boot; a counter. Linux: pswpout, in pages there. Absent on Windows, where psutil gives 0.
   */
  sout: number | null;
}

/** Decodes a SwapMemory. Throws RangeError if the bytes are not one. */
export function decodeSwapMemory(bytes: Uint8Array): SwapMemory {
  return readSwapMemory(new PlainReader(bytes));
}

/** Reads a SwapMemory up to the reader's end; for decoders of messages that hold one. */
export function readSwapMemory(reader: PlainReader): SwapMemory {
  let total: number = 0;
  let used: number = 0;
  let free: number = 0;
  let percent: number = 0;
  let sin: number | null = null;
  let sout: number | null = null;
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
        sin = reader.uint64();
        break;
      case 48:
        sout = reader.uint64();
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
    sin,
    sout,
  };
}

/** Response of System.SwapMemory. */
export interface SwapMemoryResponse {
  /** When the values were read. */
  sample: Sample | null;
  /** The values. */
  swapMemory: SwapMemory | null;
}

/** Decodes a SwapMemoryResponse. Throws RangeError if the bytes are not one. */
export function decodeSwapMemoryResponse(bytes: Uint8Array): SwapMemoryResponse {
  return readSwapMemoryResponse(new PlainReader(bytes));
}

/** Reads a SwapMemoryResponse up to the reader's end; for decoders of messages that hold one. */
export function readSwapMemoryResponse(reader: PlainReader): SwapMemoryResponse {
  let sample: Sample | null = null;
  let swapMemory: SwapMemory | null = null;
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
        swapMemory = readSwapMemory(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    swapMemory,
  };
}
