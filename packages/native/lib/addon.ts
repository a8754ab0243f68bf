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
}
