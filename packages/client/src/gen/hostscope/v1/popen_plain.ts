// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/popen.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readProcessRef, type ProcessRef } from "./common_plain.ts";
import { readProcessExit, type ProcessExit } from "./process_wait_plain.ts";

/** One message from the agent. The first is `started`, the last `exit`. */
export interface PopenResponse {
  /**
   * The process runs; this is its ref.
   * Of started, stdout, stderr, exit at most one is not null.
   */
  started: ProcessRef | null;
  /**
   * Bytes from its standard output.
   * Of started, stdout, stderr, exit at most one is not null.
   */
  stdout: Uint8Array | null;
  /**
   * Bytes from its standard error.
   * Of started, stdout, stderr, exit at most one is not null.
   */
  stderr: Uint8Array | null;
  /**
   * It ended.
   * Of started, stdout, stderr, exit at most one is not null.
   */
  exit: ProcessExit | null;
}

/** Decodes a PopenResponse. Throws RangeError if the bytes are not one. */
export function decodePopenResponse(bytes: Uint8Array): PopenResponse {
  return readPopenResponse(new PlainReader(bytes));
}

/** Reads a PopenResponse up to the reader's end; for decoders of messages that hold one. */
export function readPopenResponse(reader: PlainReader): PopenResponse {
  let started: ProcessRef | null = null;
  let stdout: Uint8Array | null = null;
  let stderr: Uint8Array | null = null;
  let exit: ProcessExit | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        stdout = null;
        stderr = null;
        exit = null;
        started = readProcessRef(reader);
        reader.leave(outer);
        break;
      }
      case 18:
        started = null;
        stderr = null;
        exit = null;
        stdout = reader.bytes();
        break;
      case 26:
        started = null;
        stdout = null;
        exit = null;
        stderr = reader.bytes();
        break;
      case 34: {
        const outer = reader.enter();
        started = null;
        stdout = null;
        stderr = null;
        exit = readProcessExit(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    started,
    stdout,
    stderr,
    exit,
  };
}
