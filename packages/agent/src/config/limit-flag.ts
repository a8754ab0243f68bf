// SPDX-License-Identifier: Apache-2.0

import { nearest } from "@hostscope/proto";
import { safeText } from "../safe-text.ts";
import { LIMITS, type Limits } from "./limits.ts";

/** Limits that an operator may change, by the names of --limit. */
const NAMED = {
  connections: ["connections", "open connections"],
  "connections-per-address": ["connectionsPerAddress", "open connections of one address, TLS"],
  "connections-per-user": ["connectionsPerUser", "open connections of one user, UNIX sockets"],
  handshakes: ["handshakes", "TLS handshakes in progress"],
  "handshake-ms": ["handshakeMs", "time for a TLS handshake"],
  "first-call-ms": ["firstCallMs", "time until the first call of a connection"],
  "keepalive-ms": ["keepaliveMs", "time between pings; who does not answer within 10 s is gone"],
  "calls-per-connection": ["callsPerConnection", "calls in progress on one connection"],
  "refused-calls": ["refusedCalls", "calls without valid credentials until a connection is closed"],
  "cost-per-second": ["costPerSecond", "cost of one caller's calls: low 1, medium 10, high 20"],
  "cost-at-once": ["costAtOnce", "the same in one burst"],
  "watches-per-caller": ["watchesPerCaller", "open watches of one caller"],
  watches: ["watches", "open watches"],
  "metadata-bytes": ["metadataBytes", "bytes of a call's metadata"],
  "metadata-pairs": ["metadataPairs", "pairs of a call's metadata"],
  "request-bytes": ["requestBytes", "bytes of a request"],
} as const satisfies Record<string, readonly [keyof Limits, string]>;

const NAMES = Object.keys(NAMED) as (keyof typeof NAMED)[];
const MOST = 1_000_000;

/** Reads NAME=N. Throws an Error that says what to write instead. */
export function parseLimit(text: string): Partial<Limits> {
  const [name = "", digits = ""] = text.split("=", 2);
  const known = NAMES.find((each) => each === name);
  if (known === undefined) {
    const hint = nearest(name, NAMES);
    throw new Error(`there is no limit "${safeText(name, 80)}"${hint === null ? "" : `; did you mean ${hint}?`}`);
  }
  const value = /^[0-9]{1,7}$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(value >= 1 && value <= MOST))
    throw new Error(`${known} needs a number from 1 to ${MOST}: ${known}=${LIMITS[NAMED[known][0]]}`);
  return { [NAMED[known][0]]: value };
}

/** The lines of --help. */
export function limitRows(): string[] {
  return NAMES.map((name) => {
    const [limit, help] = NAMED[name];
    return `  ${`${name}=${LIMITS[limit]}`.padEnd(30)}${help}\n`;
  });
}
