// SPDX-License-Identifier: Apache-2.0
// The whole boundary to C++; src/addon/native_collector.h is its other side.

import type { CallGrant } from "@hostscope/proto";

/**
 * Takes one message of a stream, or of several that share it; must not throw. Gives those of the calls whose reader did
 * not take it yet: `taken()` tells when it does. May be called before `call()` returns.
 */
export type OnMessage = (ids: Uint32Array, bytes: Uint8Array) => readonly number[] | undefined;

/**
 * Takes the end of a call; must not throw. Without `code`, `bytes` is the response of a unary call, and undefined for a
 * stream. With `code`, gRPC's of a failure, `bytes` is an encoded ErrorDetail. Nothing follows. May be called before
 * `call()` returns.
 */
export type OnEnd = (id: number, bytes?: Uint8Array, code?: number, message?: string) => void;

/** Options of NativeCollector, all of them, checked. */
export interface NativeOptions {
  readonly procRoot: string;
  readonly sysRoot: string;
  readonly devRoot: string;
  readonly rootfs: string;
  readonly protectedNames: readonly string[];
  readonly bpf: boolean;
  readonly maxThreads: number;
  readonly fieldTimeoutMs: number;
  readonly allowExec: boolean;
}

/** This machine in wire bytes. Throws only if it is called wrongly, which is a defect of this package. */
export interface NativeCollector {
  /**
   * Starts a call. `id` is chosen by the caller and must not be in use; at most `timeoutMs` long, Infinity for no limit.
   * Without a grant it may see and meet everything.
   */
  call(id: number, path: string, request: Uint8Array, timeoutMs: number, grant?: CallGrant): void;
  /** Ends a call without an event. Does nothing if it is over. */
  cancel(id: number): void;
  /**
   * Tells that the reader of a stream took messages of so many bytes that it did not take at once: what it is behind
   * bounds what is made ahead.
   */
  taken(id: number, bytes: number): void;
  /**
   * The encoded ref of the process that has this pid now, read on the calling thread; undefined if there is none, or if
   * the processes that are read here are not those that this process can act on.
   */
  processRef(pid: number): Uint8Array | undefined;
  /** How much slower than asked for watches collect (1 or more), and what this process costs: NaN if not known. */
  setPace(stretch: number, cpuPercent: number, rssBytes: number): void;
  /** How often watches have collected so far, by method, e.g. "Process.Watch"; none after close(). */
  watchCollections(): Record<string, number>;
  /** Fails the calls in progress and frees everything. Safe to call twice. */
  close(): void;
}

/** Who is at the other end of a UNIX socket. */
export interface PeerCredentials {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups. */
  readonly groups: readonly number[];
  /** For logs only: the process may have ended, and its pid be another's. Null if it has none in our namespace. */
  readonly pid: number | null;
}

/** Why something outside of a call could not be done: code and text of a gRPC status, and an encoded ErrorDetail. */
export interface NativeFailure {
  readonly code: number;
  readonly message: string;
  readonly detail: Uint8Array;
}

/** A service as it is to be registered; see src/system_service.h. */
export interface ServiceDefinition {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Program first. */
  readonly command: readonly string[];
  /** E.g. "NT AUTHORITY\\LocalService". */
  readonly account: string;
  /** Null: of an account that has none. */
  readonly password: string | null;
  /** Whether it is started when the machine starts. */
  readonly automatic: boolean;
  /** Of the privileges that the account has, those that it keeps. */
  readonly privileges: readonly string[];
  /** Absolute; made for it to write to. */
  readonly folder: string;
}

/** What a service is in; the numbers of src/system_service.h. */
export const ServiceState = { START_PENDING: 0, RUNNING: 1, STOP_PENDING: 2, STOPPED: 3 } as const;
/** Number of one of these states. */
export type ServiceState = (typeof ServiceState)[keyof typeof ServiceState];

/** How bad an event is; the numbers of src/system_service.h. */
export const EventLevel = { ERROR: 0, WARNING: 1, INFORMATION: 2 } as const;
/** Number of one of these levels. */
export type EventLevel = (typeof EventLevel)[keyof typeof EventLevel];

/** What the service control manager says; "failed": it did not start this process. */
export type OnServiceOrder = (order: "started" | "stop" | "shutdown" | "failed", failure?: NativeFailure) => void;

/** Who is at the other end of a named pipe, by Windows' word. */
export interface PipePeer {
  /** Its user, e.g. "S-1-5-18". */
  readonly sid: string;
  /** Groups that count for it, written the same way. */
  readonly groups: readonly string[];
  /** For logs only: the process may have ended, and its pid be another's. */
  readonly pid: number | null;
}

/** One connection over a named pipe; to be closed, whatever becomes of its descriptor. */
export interface PipeConnection {
  /** Gives it to Node, once. */
  descriptor(): number | NativeFailure;
  /** Who is there; only after something was read from it. */
  peer(): PipePeer | NativeFailure;
  close(): void;
}

/** Exports of the addon. */
export interface Addon {
  /** Version of the package that it was built from. */
  readonly version: string;
  /** Platform that it collects from, as in ErrorDetail.platform. */
  readonly platform: string;
  /** One collector. */
  readonly NativeCollector: new (
    options: NativeOptions,
    onMessage: OnMessage,
    onEnd: OnEnd,
  ) => NativeCollector;
  /** Credentials of the peer of a connected UNIX socket, by its file descriptor. */
  peerCredentials(fd: number): PeerCredentials | NativeFailure;
  /** Registers a service; gives the settings that what runs in Windows' place does not have. */
  installService(definition: ServiceDefinition): readonly string[] | NativeFailure;
  /** Removes a service that has stopped. */
  uninstallService(name: string): undefined | NativeFailure;
  /** Answers the service control manager that started this process. Once in its life. */
  runAsService(name: string, onOrder: OnServiceOrder): undefined | NativeFailure;
  /** Tells the manager. A pending state has to be told again within 20 seconds. */
  reportService(state: ServiceState, exitCode: number): undefined | NativeFailure;
  /** Writes to the event log of Windows; `id` from 1 to 1000. */
  reportEvent(source: string, level: EventLevel, id: number, text: string): undefined | NativeFailure;
  /** Serves a named pipe to this user, administrators, the system and a group, by its SID, or none: "". */
  servePipe(
    name: string,
    group: string,
    onConnection: (connection: PipeConnection) => void,
  ): { close(): void } | NativeFailure;
  /** This process's own user and groups. */
  ownIdentity(): PipePeer | NativeFailure;
  /** A file that none but those who are trusted anyway may write, nor everybody read if it is secret. */
  readTrustedFile(path: string, secret: boolean, mostBytes: number): Uint8Array | NativeFailure;
  /** Whether none but those may write a file, and its path leads to it without a link. */
  checkTrustedFile(path: string): undefined | NativeFailure;
}
