// SPDX-License-Identifier: Apache-2.0

import type { MethodDescriptor } from "@hostscope/proto";

/** What one agent allows, so that no caller can make it grow or wait without bound. */
export interface Limits {
  /** Bytes of one request message; more is RESOURCE_EXHAUSTED. */
  readonly requestBytes: number;
  /**
   * Bytes of one response message. Only answers about one huge process come near it, such as the regions of one that has
   * tens of thousands; a gRPC client of another language accepts 4 MiB unless it is told otherwise.
   */
  readonly responseBytes: number;
  /** Bytes of a call's metadata, keys and values. */
  readonly metadataBytes: number;
  /** Key and value pairs of a call's metadata. */
  readonly metadataPairs: number;
  /** Connections at a time; further ones are closed at once. */
  readonly connections: number;
  /** Connections at a time from one address, over TLS. */
  readonly connectionsPerAddress: number;
  /** Connections at a time of one user of this machine, over a UNIX socket. */
  readonly connectionsPerUser: number;
  /** TLS handshakes in progress; further connections are closed at once. */
  readonly handshakes: number;
  /** Milliseconds a TLS handshake may take. */
  readonly handshakeMs: number;
  /** Milliseconds a connection may stay open without any call. */
  readonly firstCallMs: number;
  /** Milliseconds between the pings of a connection with nothing else to say; one that does not answer is closed. */
  readonly keepaliveMs: number;
  /**
   * Cost of calls that one caller may begin per second: 1 for a call of low cost, 10 for medium, 20 for high, as the
   * schema says; more is RESOURCE_EXHAUSTED. Does not hold for loopback TCP, where callers cannot be told apart.
   */
  readonly costPerSecond: number;
  /** Cost of calls that one caller may begin at once. */
  readonly costAtOnce: number;
  /** Watches at a time of one caller; more is RESOURCE_EXHAUSTED. Does not hold for loopback TCP. */
  readonly watchesPerCaller: number;
  /** Watches at a time of all callers. */
  readonly watches: number;
  /** Calls without valid credentials on one connection, until it is closed. */
  readonly refusedCalls: number;
  /** Calls in progress on one connection; further ones wait in the client. */
  readonly callsPerConnection: number;
  /** Milliseconds a reader may leave a message untaken before its call is ended. */
  readonly stallMs: number;
  /** Milliseconds a transport may answer late: its own deadline answer says more than ours. */
  readonly lateMs: number;
}

/** The limits an agent runs with. */
export const LIMITS: Limits = {
  requestBytes: 64 * 1024,
  responseBytes: 64 * 1024 * 1024,
  metadataBytes: 8 * 1024,
  metadataPairs: 40,
  connections: 1024,
  connectionsPerAddress: 64,
  connectionsPerUser: 32,
  handshakes: 64,
  handshakeMs: 5_000,
  firstCallMs: 10_000,
  keepaliveMs: 30_000,
  costPerSecond: 5_000,
  costAtOnce: 10_000,
  watchesPerCaller: 16,
  watches: 256,
  refusedCalls: 20,
  callsPerConnection: 64,
  stallMs: 30_000,
  lateMs: 250,
};

/** How long a call of some method may take, in milliseconds. */
export interface TimeLimit {
  /** For a caller that names no deadline. */
  readonly standard: number;
  /** For a caller that does. */
  readonly most: number;
  /** True if the call ends only when its caller ends it, so that a drain need not wait for it. */
  readonly endless: boolean;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

// Wait and measurements over an interval are unary too, hence the wide limit for callers that ask for it.
const UNARY: TimeLimit = { standard: 10 * SECOND, most: HOUR, endless: false };
const FINITE_STREAM: TimeLimit = { standard: 30 * SECOND, most: HOUR, endless: false };
const STREAMS: ReadonlyMap<string, TimeLimit> = new Map([
  ["List", FINITE_STREAM],
  ["Watch", { standard: DAY, most: DAY, endless: true }],
  ["SuspendLeased", { standard: DAY, most: DAY, endless: true }],
  ["WaitProcs", { standard: DAY, most: DAY, endless: false }],
  ["Popen", { standard: DAY, most: DAY, endless: false }],
]);

/** Time limit of a method. A stream not known here counts as one that ends by itself. */
export function timeLimit(method: MethodDescriptor): TimeLimit {
  return method.kind === "unary" ? UNARY : (STREAMS.get(method.name) ?? FINITE_STREAM);
}

/**
 * Milliseconds a reader may leave a message of this method untaken. That of Popen may take its time, as one of a pipe
 * may: the process is held up, and nothing grows.
 */
export function stallLimit({ stallMs }: Limits, { name }: MethodDescriptor): number {
  return name === "Popen" ? DAY : stallMs;
}

/**
 * Milliseconds left for a call.
 * `deadline` is grpc-js's: a Date, epoch milliseconds, or Infinity for none. At or below 0: it has passed.
 */
export function timeLeft(limit: TimeLimit, deadline: Date | number, now: number = Date.now()): number {
  const left = Number(deadline) - now;
  // NaN cannot come from grpc-js today; if it ever does, it must not mean "no limit".
  if (left === Number.POSITIVE_INFINITY || Number.isNaN(left)) return limit.standard;
  return Math.min(left, limit.most);
}
