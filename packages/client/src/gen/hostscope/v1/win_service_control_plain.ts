// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/win_service_control.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";
import { WATCH_KIND_TEXTS, type WatchKind } from "./process_watch_plain.ts";
import { readWatchPace, type WatchPace } from "./watch_pace_plain.ts";
import {
  WIN_SERVICE_START_TYPE_TEXTS,
  WIN_SERVICE_STATUS_TEXTS,
  readWindowsService,
  type WinServiceStartType,
  type WinServiceStatus,
  type WindowsService,
} from "./win_service_values_plain.ts";

/** One message of WinService.Watch. */
export interface WinServiceWatchResponse {
  /** What it holds. */
  kind: WatchKind;
  /** Number of the look at all services; see ProcessWatchResponse. */
  sequence: number;
  /** When the look was done: nothing it tells of is later. */
  sample: Sample | null;
  /** Services that are watched, in a snapshot, or those of them that changed: names, states and pids. */
  services: WindowsService[];
  /** Names of those that were removed. */
  removed: string[];
  /** Looks that this reader was too slow for; what changed in them is in this message. */
  dropped: number;
  /** Seconds between the last two looks; absent in the first message. */
  interval: number | null;
  /** True if more may have happened than can be seen, for there was no look for much longer than asked. */
  gap: boolean;
  /** How fast the agent collects, when that has changed. */
  pace: WatchPace | null;
}

/** Decodes a WinServiceWatchResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServiceWatchResponse(bytes: Uint8Array): WinServiceWatchResponse {
  return readWinServiceWatchResponse(new PlainReader(bytes));
}

/** Reads a WinServiceWatchResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceWatchResponse(reader: PlainReader): WinServiceWatchResponse {
  let kind: WatchKind = "unspecified";
  let sequence: number = 0;
  let sample: Sample | null = null;
  const services: WindowsService[] = [];
  const removed: string[] = [];
  let dropped: number = 0;
  let interval: number | null = null;
  let gap: boolean = false;
  let pace: WatchPace | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        kind = WATCH_KIND_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        sequence = reader.uint64();
        break;
      case 26: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 34: {
        const outer = reader.enter();
        services.push(readWindowsService(reader));
        reader.leave(outer);
        break;
      }
      case 42:
        removed.push(reader.string());
        break;
      case 48:
        dropped = reader.uint32();
        break;
      case 57:
        interval = reader.double();
        break;
      case 64:
        gap = reader.bool();
        break;
      case 74: {
        const outer = reader.enter();
        pace = readWatchPace(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    kind,
    sequence,
    sample,
    services,
    removed,
    dropped,
    interval,
    gap,
    pace,
  };
}

/** Response of WinService.Start. */
export interface WinServiceStartResponse {
  /** What it is doing now. */
  status: WinServiceStatus;
  /** False if it ran already. */
  changed: boolean;
  /** Pid of its process. */
  pid: number | null;
}

/** Decodes a WinServiceStartResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServiceStartResponse(bytes: Uint8Array): WinServiceStartResponse {
  return readWinServiceStartResponse(new PlainReader(bytes));
}

/** Reads a WinServiceStartResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceStartResponse(reader: PlainReader): WinServiceStartResponse {
  let status: WinServiceStatus = "unspecified";
  let changed: boolean = false;
  let pid: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        status = WIN_SERVICE_STATUS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        changed = reader.bool();
        break;
      case 24:
        pid = reader.int64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    status,
    changed,
    pid,
  };
}

/** Response of WinService.Stop. */
export interface WinServiceStopResponse {
  /** What it is doing now. */
  status: WinServiceStatus;
  /** False if it had stopped before. */
  changed: boolean;
  /** Names of those that depend on it and were stopped first, in that order. */
  dependents: string[];
}

/** Decodes a WinServiceStopResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServiceStopResponse(bytes: Uint8Array): WinServiceStopResponse {
  return readWinServiceStopResponse(new PlainReader(bytes));
}

/** Reads a WinServiceStopResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceStopResponse(reader: PlainReader): WinServiceStopResponse {
  let status: WinServiceStatus = "unspecified";
  let changed: boolean = false;
  const dependents: string[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        status = WIN_SERVICE_STATUS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        changed = reader.bool();
        break;
      case 26:
        dependents.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    status,
    changed,
    dependents,
  };
}

/** Response of WinService.Restart. */
export interface WinServiceRestartResponse {
  /** What it is doing now. */
  status: WinServiceStatus;
  /** Names of those that depend on it and were stopped and started again. */
  dependents: string[];
  /** Pid of its process. */
  pid: number | null;
}

/** Decodes a WinServiceRestartResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServiceRestartResponse(bytes: Uint8Array): WinServiceRestartResponse {
  return readWinServiceRestartResponse(new PlainReader(bytes));
}

/** Reads a WinServiceRestartResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceRestartResponse(reader: PlainReader): WinServiceRestartResponse {
  let status: WinServiceStatus = "unspecified";
  const dependents: string[] = [];
  let pid: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        status = WIN_SERVICE_STATUS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 18:
        dependents.push(reader.string());
        break;
      case 24:
        pid = reader.int64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    status,
    dependents,
    pid,
  };
}

/** Response of WinService.Pause. */
export interface WinServicePauseResponse {
  /** What it is doing now. */
  status: WinServiceStatus;
  /** False if it was paused already. */
  changed: boolean;
}

/** Decodes a WinServicePauseResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServicePauseResponse(bytes: Uint8Array): WinServicePauseResponse {
  return readWinServicePauseResponse(new PlainReader(bytes));
}

/** Reads a WinServicePauseResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServicePauseResponse(reader: PlainReader): WinServicePauseResponse {
  let status: WinServiceStatus = "unspecified";
  let changed: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        status = WIN_SERVICE_STATUS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        changed = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    status,
    changed,
  };
}

/** Response of WinService.Continue. */
export interface WinServiceContinueResponse {
  /** What it is doing now. */
  status: WinServiceStatus;
  /** False if it was not paused. */
  changed: boolean;
}

/** Decodes a WinServiceContinueResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServiceContinueResponse(bytes: Uint8Array): WinServiceContinueResponse {
  return readWinServiceContinueResponse(new PlainReader(bytes));
}

/** Reads a WinServiceContinueResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceContinueResponse(reader: PlainReader): WinServiceContinueResponse {
  let status: WinServiceStatus = "unspecified";
  let changed: boolean = false;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        status = WIN_SERVICE_STATUS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        changed = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    status,
    changed,
  };
}

/** Response of WinService.SetStartType. */
export interface WinServiceSetStartTypeResponse {
  /** How it was started before; absent for a way this version of hostscope does not know. */
  before: WinServiceStartType | null;
}

/** Decodes a WinServiceSetStartTypeResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServiceSetStartTypeResponse(bytes: Uint8Array): WinServiceSetStartTypeResponse {
  return readWinServiceSetStartTypeResponse(new PlainReader(bytes));
}

/** Reads a WinServiceSetStartTypeResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceSetStartTypeResponse(reader: PlainReader): WinServiceSetStartTypeResponse {
  let before: WinServiceStartType | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        before = WIN_SERVICE_START_TYPE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    before,
  };
}
