// SPDX-License-Identifier: Apache-2.0

import { isIPv6, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { clientNames } from "../trust/certificate-names.ts";
import type { Identity } from "../trust/identity.ts";
import type { Connection } from "./connections.ts";

/** What a connection tells of its caller by itself. */
export type PeerFacts = Pick<Connection, "identity" | "lacking" | "certificate">;

const NO_NAMES = "the client certificate has no SPIFFE id and no DNS name as subject alternative name";
const NO_TOKEN = "this agent wants a bearer token";

/** TCP in the clear on loopback: nobody is known. */
export const LOOPBACK_PEER: PeerFacts = { identity: { kind: "loopback" }, lacking: "", certificate: null };

/** Who is there by the certificate that the handshake has verified; nobody if none was asked for. */
export function tlsPeer(socket: TLSSocket): PeerFacts {
  const certificate = socket.authorized ? (socket.getPeerX509Certificate() ?? null) : null;
  if (certificate === null) return { identity: null, lacking: NO_TOKEN, certificate };
  const names = clientNames(certificate);
  if (names.length === 0) return { identity: null, lacking: NO_NAMES, certificate };
  const { fingerprint256: fingerprint, validTo } = certificate;
  const identity: Identity = { kind: "mtls", names, fingerprint, expiresAt: new Date(validTo) };
  return { identity, lacking: "", certificate };
}

/** The other side, for logs: "192.0.2.1:51544", or "unix:1000" by its user. */
export function peerText({ remoteAddress, remotePort }: Socket): string {
  if (remoteAddress === undefined) return "gone";
  return isIPv6(remoteAddress) ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
}

/** What limits per address count by: an IPv4 address, or the network of an IPv6 one, as each host has a whole one. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail = ""] = (address.split("%")[0] ?? "").split("::", 2);
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const zeros = address.includes("::") ? Math.max(0, 8 - left.length - right.length) : 0;
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
