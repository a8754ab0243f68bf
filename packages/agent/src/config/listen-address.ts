// SPDX-License-Identifier: Apache-2.0

import { BlockList, isIPv4, isIPv6 } from "node:net";
import { safeText } from "../safe-text.ts";

/** Where an agent listens on TCP. */
export interface ListenAddress {
  /** An address in digits, IPv6 without brackets. */
  readonly host: string;
  /** TCP port; 0 lets the system pick a free one. */
  readonly port: number;
}

/** Port of an agent that is not told another; outside every system's range for outgoing connections. */
export const DEFAULT_PORT = 7440;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Reads HOST:PORT of this machine only. Throws an Error whose message tells the operator what to write instead. */
export function parseListenAddress(text: string): ListenAddress {
  const address = parseTcpAddress(text);
  if (!isLoopback(address.host)) {
    throw new Error(
      `${address.host} is not a loopback address, and what is served here has no encryption: listen on 127.0.0.1 and ` +
        `reach it from elsewhere through a tunnel, e.g. ssh -L ${DEFAULT_PORT}:127.0.0.1:${DEFAULT_PORT} HOST`,
    );
  }
  return address;
}

/** Reads HOST:PORT, whatever the address. Throws an Error whose message tells the operator what to write instead. */
export function parseTcpAddress(text: string): ListenAddress {
  const { host, port } = split(text);
  return { host: inDigits(host), port: parsePort(port) };
}

/** The address as clients write it: `127.0.0.1:7440` or `[::1]:7440`. */
export function formatAddress({ host, port }: ListenAddress): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether an address in digits can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  // A zone id ("::1%lo") says nothing on loopback, and BlockList does not read it.
  return !host.includes("%") && LOOPBACK.check(host, isIPv6(host) ? "ipv6" : "ipv4");
}

function split(text: string): { host: string; port: string } {
  const close = text.startsWith("[") ? text.indexOf("]") : -1;
  if (close > 0 && text[close + 1] === ":") {
    const host = text.slice(1, close);
    if (!isIPv6(host)) throw new Error(`${quote(host)} is not an IPv6 address`);
    return { host, port: text.slice(close + 2) };
  }
  if (isIPv6(text)) {
    throw new Error(`${quote(text)} has no port that can be told apart; write IPv6 as [::1]:${DEFAULT_PORT}`);
  }
  const colon = text.indexOf(":");
  if (colon < 0 || colon !== text.lastIndexOf(":")) {
    throw new Error(`${quote(text)} is not HOST:PORT, e.g. 127.0.0.1:${DEFAULT_PORT} or [::1]:${DEFAULT_PORT}`);
  }
  return { host: text.slice(0, colon), port: text.slice(colon + 1) };
}

function inDigits(host: string): string {
  // Not resolved: a hosts file must not be able to make "localhost" a public address.
  if (host.toLowerCase() === "localhost") return "127.0.0.1";
  if (!isIPv4(host) && !isIPv6(host)) {
    throw new Error(`${quote(host)} is not an address in digits; the only name taken is localhost`);
  }
  return host;
}

function parsePort(text: string): number {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Error(`port ${quote(text)} is not a number from 0 to 65535`);
  return port;
}

function quote(text: string): string {
  return `"${safeText(text, 80)}"`;
}
