// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/process_select.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readProcessRef, type ProcessRef } from "./common_plain.ts";
import { readControlTarget, type ControlTarget } from "./process_tree_plain.ts";

/** One process that a selector chose. */
export interface SelectedProcess {
  /** The process. */
  ref: ProcessRef | null;
  /** Its name. */
  name: string | null;
  /** Name of its real user. */
  username: string | null;
  /** Program and arguments. */
  cmdline: string[];
  /** True for one of those that no call may signal: the commit leaves it out. */
  protected: boolean;
}

/** Decodes a SelectedProcess. Throws RangeError if the bytes are not one. */
export function decodeSelectedProcess(bytes: Uint8Array): SelectedProcess {
  return readSelectedProcess(new PlainReader(bytes));
}

/** Reads a SelectedProcess up to the reader's end; for decoders of messages that hold one. */
export function readSelectedProcess(reader: PlainReader): SelectedProcess {
  let ref: ProcessRef | null = null;
  let name: string | null = null;
  let username: string | null = null;
  const cmdline: string[] = [];
  let protected$: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        ref = readProcessRef(reader);
        reader.leave(outer);
        break;
      }
      case 18:
        name = reader.string();
        break;
      case 26:
        username = reader.string();
        break;
      case 34:
        cmdline.push(reader.string());
        break;
      case 40:
        protected$ = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    ref,
    name,
    username,
    cmdline,
    protected: protected$,
  };
}

/** Response of Process.PreviewSignal. */
export interface PreviewSignalResponse {
  /** All that match, ascending by pid. */
  matches: SelectedProcess[];
  /** For Process.CommitSignal, once and soon. Absent if there are no matches, or more than max_matches. */
  token: string | null;
  /** Seconds for which the token is good. */
  expiresIn: number | null;
}

/** Decodes a PreviewSignalResponse. Throws RangeError if the bytes are not one. */
export function decodePreviewSignalResponse(bytes: Uint8Array): PreviewSignalResponse {
  return readPreviewSignalResponse(new PlainReader(bytes));
}

/** Reads a PreviewSignalResponse up to the reader's end; for decoders of messages that hold one. */
export function readPreviewSignalResponse(reader: PlainReader): PreviewSignalResponse {
  const matches: SelectedProcess[] = [];
  let token: string | null = null;
  let expiresIn: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        matches.push(readSelectedProcess(reader));
        reader.leave(outer);
        break;
      }
      case 18:
        token = reader.string();
        break;
      case 25:
        expiresIn = reader.double();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    matches,
    token,
    expiresIn,
  };
}

/** Response of Process.CommitSignal. */
export interface CommitSignalResponse {
  /** What became of each match of the preview, in its order. */
  targets: ControlTarget[];
}

/** Decodes a CommitSignalResponse. Throws RangeError if the bytes are not one. */
export function decodeCommitSignalResponse(bytes: Uint8Array): CommitSignalResponse {
  return readCommitSignalResponse(new PlainReader(bytes));
}

/** Reads a CommitSignalResponse up to the reader's end; for decoders of messages that hold one. */
export function readCommitSignalResponse(reader: PlainReader): CommitSignalResponse {
  const targets: ControlTarget[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        targets.push(readControlTarget(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    targets,
  };
}
