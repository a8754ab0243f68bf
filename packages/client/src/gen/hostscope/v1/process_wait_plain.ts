// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_wait.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readProcessRef, type ProcessRef } from "./common_plain.ts";

/** How a process ended. */
export interface ProcessExit {
  /** The process. */
  ref: ProcessRef | null;
  /** Exit code; the negative signal number if a signal ended it. Absent where the kernel tells only the parent. */
  returncode: number | null;
}

/** Decodes a ProcessExit. Throws RangeError if the bytes are not one. */
export function decodeProcessExit(bytes: Uint8Array): ProcessExit {
  return readProcessExit(new PlainReader(bytes));
}

/** Reads a ProcessExit up to the reader's end; for decoders of messages that hold one. */
export function readProcessExit(reader: PlainReader): ProcessExit {
  let ref: ProcessRef | null = null;
  let returncode: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        ref = readProcessRef(reader);
        reader.leave(outer);
        break;
      }
      case 16:
        returncode = reader.int32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    ref,
    returncode,
  };
}

/** Response of Process.Wait. */
export interface WaitResponse {
  /** How it ended. */
  exit: ProcessExit | null;
}

/** Decodes a WaitResponse. Throws RangeError if the bytes are not one. */
export function decodeWaitResponse(bytes: Uint8Array): WaitResponse {
  return readWaitResponse(new PlainReader(bytes));
}

/** Reads a WaitResponse up to the reader's end; for decoders of messages that hold one. */
export function readWaitResponse(reader: PlainReader): WaitResponse {
  let exit: ProcessExit | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        exit = readProcessExit(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    exit,
  };
}

/** One message of the answer to Process.WaitProcs. */
export interface WaitProcsResponse {
  /** Processes that ended since the message before. */
  gone: ProcessExit[];
  /** In the last message: processes still alive when the timeout passed. */
  alive: ProcessRef[];
}

/** Decodes a WaitProcsResponse. Throws RangeError if the bytes are not one. */
export function decodeWaitProcsResponse(bytes: Uint8Array): WaitProcsResponse {
  return readWaitProcsResponse(new PlainReader(bytes));
}

/** Reads a WaitProcsResponse up to the reader's end; for decoders of messages that hold one. */
export function readWaitProcsResponse(reader: PlainReader): WaitProcsResponse {
  const gone: ProcessExit[] = [];
  const alive: ProcessRef[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        gone.push(readProcessExit(reader));
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        alive.push(readProcessRef(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    gone,
    alive,
  };
}
