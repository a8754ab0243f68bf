// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/win_service_values.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { ATTRIBUTE_OUTCOME_TEXTS, type AttributeOutcome } from "./process_info_plain.ts";

/**
 * Names the attributes of WindowsService; each number equals the number of the field of the same name.
 *
 * - "unspecified": Not an attribute; refused in requests.
 * - "binpath": WindowsService.binpath.
 * - "username": WindowsService.username.
 * - "start_type": WindowsService.start_type.
 * - "status": WindowsService.status.
 * - "pid": WindowsService.pid.
 * - "description": WindowsService.description.
 */
export type WinServiceAttribute =
  | "unspecified"
  | "binpath"
  | "username"
  | "start_type"
  | "status"
  | "pid"
  | "description";

/** Texts of WinServiceAttribute; the index is the number on the wire. */
export const WIN_SERVICE_ATTRIBUTE_TEXTS: readonly WinServiceAttribute[] = [
  "unspecified",
  "unspecified",
  "unspecified",
  "unspecified",
  "binpath",
  "username",
  "start_type",
  "status",
  "pid",
  "description",
];

/** Numbers of WinServiceAttribute on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const WIN_SERVICE_ATTRIBUTE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["binpath", 4],
  ["username", 5],
  ["start_type", 6],
  ["status", 7],
  ["pid", 8],
  ["description", 9],
]);

/**
 * How a service is started.
 *
 * - "unspecified": One this version of hostscope does not know.
 * - "automatic": With the system.
 * - "manual": When asked to.
 * - "disabled": Not at all.
 */
export type WinServiceStartType =
  | "unspecified"
  | "automatic"
  | "manual"
  | "disabled";

/** Texts of WinServiceStartType; the index is the number on the wire. */
export const WIN_SERVICE_START_TYPE_TEXTS: readonly WinServiceStartType[] = [
  "unspecified",
  "automatic",
  "manual",
  "disabled",
];

/** Numbers of WinServiceStartType on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const WIN_SERVICE_START_TYPE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["automatic", 1],
  ["manual", 2],
  ["disabled", 3],
]);

/**
 * What a service is doing.
 *
 * - "unspecified": One this version of hostscope does not know.
 * - "running": Running.
 * - "paused": Paused.
 * - "start_pending": Starting.
 * - "pause_pending": On its way to a pause.
 * - "continue_pending": On its way out of a pause.
 * - "stop_pending": Stopping.
 * - "stopped": Stopped.
 */
export type WinServiceStatus =
  | "unspecified"
  | "running"
  | "paused"
  | "start_pending"
  | "pause_pending"
  | "continue_pending"
  | "stop_pending"
  | "stopped";

/** Texts of WinServiceStatus; the index is the number on the wire. */
export const WIN_SERVICE_STATUS_TEXTS: readonly WinServiceStatus[] = [
  "unspecified",
  "running",
  "paused",
  "start_pending",
  "pause_pending",
  "continue_pending",
  "stop_pending",
  "stopped",
];

/** Numbers of WinServiceStatus on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const WIN_SERVICE_STATUS_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["running", 1],
  ["paused", 2],
  ["start_pending", 3],
  ["pause_pending", 4],
  ["continue_pending", 5],
  ["stop_pending", 6],
  ["stopped", 7],
]);

/** One attribute that was asked for and has no value. */
export interface WinServiceFailure {
  /** Which. */
  attribute: WinServiceAttribute;
  /** Why. GONE if the service was removed meanwhile. */
  outcome: AttributeOutcome;
  /** The operating system's error number, where one was given. */
  osError: number | null;
}

/** Decodes a WinServiceFailure. Throws RangeError if the bytes are not one. */
export function decodeWinServiceFailure(bytes: Uint8Array): WinServiceFailure {
  return readWinServiceFailure(new PlainReader(bytes));
}

/** Reads a WinServiceFailure up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceFailure(reader: PlainReader): WinServiceFailure {
  let attribute: WinServiceAttribute = "unspecified";
  let outcome: AttributeOutcome = "unspecified";
  let osError: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        attribute = WIN_SERVICE_ATTRIBUTE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 16:
        outcome = ATTRIBUTE_OUTCOME_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 24:
        osError = reader.int32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    attribute,
    outcome,
    osError,
  };
}

/**
 * One service. Name and display name are always there; of the others those that were asked for. One that is absent and
 * not in `failures` is known to have no value: psutil's None, or "".
 */
export interface WindowsService {
  /** Name by which it is referred to, e.g. "alg"; case does not matter. */
  name: string;
  /** Name for people. */
  displayName: string;
  /** Attributes asked for that could not be read. */
  failures: WinServiceFailure[];
  /** Path of the program, with its arguments. Needs the cmdline grant. */
  binpath: string | null;
  /** Account it runs as, e.g. "NT AUTHORITY\LocalService". */
  username: string | null;
  /** How it is started. */
  startType: WinServiceStartType | null;
  /** What it is doing. */
  status: WinServiceStatus | null;
  /** Pid of its process; absent while it has none. */
  pid: number | null;
  /** Description for people. */
  description: string | null;
}

/** Decodes a WindowsService. Throws RangeError if the bytes are not one. */
export function decodeWindowsService(bytes: Uint8Array): WindowsService {
  return readWindowsService(new PlainReader(bytes));
}

/** Reads a WindowsService up to the reader's end; for decoders of messages that hold one. */
export function readWindowsService(reader: PlainReader): WindowsService {
  let name: string = "";
  let displayName: string = "";
  const failures: WinServiceFailure[] = [];
  let binpath: string | null = null;
  let username: string | null = null;
  let startType: WinServiceStartType | null = null;
  let status: WinServiceStatus | null = null;
  let pid: number | null = null;
  let description: string | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 18:
        displayName = reader.string();
        break;
      case 26: {
        const outer = reader.enter();
        failures.push(readWinServiceFailure(reader));
        reader.leave(outer);
        break;
      }
      case 34:
        binpath = reader.string();
        break;
      case 42:
        username = reader.string();
        break;
      case 48:
        startType = WIN_SERVICE_START_TYPE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 56:
        status = WIN_SERVICE_STATUS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 64:
        pid = reader.int64();
        break;
      case 74:
        description = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    displayName,
    failures,
    binpath,
    username,
    startType,
    status,
    pid,
    description,
  };
}
