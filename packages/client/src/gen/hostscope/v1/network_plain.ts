// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/network.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";

/**
 * Address family, psutil's AF_* constants. Numbers are hostscope's: the platforms' own differ.
 *
 * - "unspecified": Unknown to this client.
 * - "AF_INET": IPv4.
 * - "AF_INET6": IPv6.
 * - "AF_UNIX": UNIX socket.
 * - "AF_LINK": Hardware (MAC) address. Linux: AF_PACKET.
 * - "AF_UNSPEC": No address at all, such as an unconfigured tunnel's.
 */
export type AddressFamily =
  | "unspecified"
  | "AF_INET"
  | "AF_INET6"
  | "AF_UNIX"
  | "AF_LINK"
  | "AF_UNSPEC";

/** Texts of AddressFamily; the index is the number on the wire. */
export const ADDRESS_FAMILY_TEXTS: readonly AddressFamily[] = [
  "unspecified",
  "AF_INET",
  "AF_INET6",
  "AF_UNIX",
  "AF_LINK",
  "AF_UNSPEC",
];

/** Numbers of AddressFamily on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const ADDRESS_FAMILY_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["AF_INET", 1],
  ["AF_INET6", 2],
  ["AF_UNIX", 3],
  ["AF_LINK", 4],
  ["AF_UNSPEC", 5],
]);

/**
 * Socket type, psutil's SOCK_* constants.
 *
 * - "unspecified": Unknown to this client.
 * - "SOCK_STREAM": Byte stream: TCP, or UNIX.
 * - "SOCK_DGRAM": Datagrams: UDP, or UNIX.
 * - "SOCK_SEQPACKET": Packets in sequence. UNIX sockets.
 */
export type SocketType =
  | "unspecified"
  | "SOCK_STREAM"
  | "SOCK_DGRAM"
  | "SOCK_SEQPACKET";

/** Texts of SocketType; the index is the number on the wire. */
export const SOCKET_TYPE_TEXTS: readonly SocketType[] = [
  "unspecified",
  "SOCK_STREAM",
  "SOCK_DGRAM",
  "SOCK_SEQPACKET",
];

/** Numbers of SocketType on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const SOCKET_TYPE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["SOCK_STREAM", 1],
  ["SOCK_DGRAM", 2],
  ["SOCK_SEQPACKET", 3],
]);

/**
 * State of a socket, psutil's CONN_* constants.
 *
 * - "unspecified": A state this version of hostscope does not know.
 * - "ESTABLISHED": Open, data may flow.
 * - "SYN_SENT": Asked the peer to connect.
 * - "SYN_RECV": Was asked to connect and answered.
 * - "FIN_WAIT1": Closed here, not yet confirmed.
 * - "FIN_WAIT2": Closed here and confirmed; the peer may still send.
 * - "TIME_WAIT": Closed on both sides; kept for late packets.
 * - "CLOSE": Not connected.
 * - "CLOSE_WAIT": Closed by the peer, not yet here.
 * - "LAST_ACK": Closed by the peer, then here; not yet confirmed.
 * - "LISTEN": Waits for peers.
 * - "CLOSING": Both sides closed at once.
 * - "NONE": Has no such state: UDP and UNIX sockets.
 * - "DELETE_TCB": Being removed. Windows.
 * - "IDLE": Opened, not bound. Solaris.
 * - "BOUND": Bound, not connected. Solaris.
 */
export type ConnectionStatus =
  | "unspecified"
  | "ESTABLISHED"
  | "SYN_SENT"
  | "SYN_RECV"
  | "FIN_WAIT1"
  | "FIN_WAIT2"
  | "TIME_WAIT"
  | "CLOSE"
  | "CLOSE_WAIT"
  | "LAST_ACK"
  | "LISTEN"
  | "CLOSING"
  | "NONE"
  | "DELETE_TCB"
  | "IDLE"
  | "BOUND";

/** Texts of ConnectionStatus; the index is the number on the wire. */
export const CONNECTION_STATUS_TEXTS: readonly ConnectionStatus[] = [
  "unspecified",
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RECV",
  "FIN_WAIT1",
  "FIN_WAIT2",
  "TIME_WAIT",
  "CLOSE",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
  "NONE",
  "DELETE_TCB",
  "IDLE",
  "BOUND",
];

/** Numbers of ConnectionStatus on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const CONNECTION_STATUS_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["ESTABLISHED", 1],
  ["SYN_SENT", 2],
  ["SYN_RECV", 3],
  ["FIN_WAIT1", 4],
  ["FIN_WAIT2", 5],
  ["TIME_WAIT", 6],
  ["CLOSE", 7],
  ["CLOSE_WAIT", 8],
  ["LAST_ACK", 9],
  ["LISTEN", 10],
  ["CLOSING", 11],
  ["NONE", 12],
  ["DELETE_TCB", 13],
  ["IDLE", 14],
  ["BOUND", 15],
]);

/**
 * Which sockets to list, psutil's `kind`.
 *
 * - "unspecified": The default: inet.
 * - "inet": IPv4 and IPv6.
 * - "inet4": IPv4.
 * - "inet6": IPv6.
 * - "tcp": TCP.
 * - "tcp4": TCP over IPv4.
 * - "tcp6": TCP over IPv6.
 * - "udp": UDP.
 * - "udp4": UDP over IPv4.
 * - "udp6": UDP over IPv6.
 * - "unix": UNIX sockets of any type.
 * - "all": All of these.
 */
export type ConnectionKind =
  | "unspecified"
  | "inet"
  | "inet4"
  | "inet6"
  | "tcp"
  | "tcp4"
  | "tcp6"
  | "udp"
  | "udp4"
  | "udp6"
  | "unix"
  | "all";

/** Texts of ConnectionKind; the index is the number on the wire. */
export const CONNECTION_KIND_TEXTS: readonly ConnectionKind[] = [
  "unspecified",
  "inet",
  "inet4",
  "inet6",
  "tcp",
  "tcp4",
  "tcp6",
  "udp",
  "udp4",
  "udp6",
  "unix",
  "all",
];

/** Numbers of ConnectionKind on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const CONNECTION_KIND_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["inet", 1],
  ["inet4", 2],
  ["inet6", 3],
  ["tcp", 4],
  ["tcp4", 5],
  ["tcp6", 6],
  ["udp", 7],
  ["udp4", 8],
  ["udp6", 9],
  ["unix", 10],
  ["all", 11],
]);

/**
 * Whether a link carries both directions at once, psutil's NIC_DUPLEX_* constants.
 *
 * - "unspecified": Unknown to this client.
 * - "full": Both at once.
 * - "half": One at a time.
 */
export type NicDuplex =
  | "unspecified"
  | "full"
  | "half";

/** Texts of NicDuplex; the index is the number on the wire. */
export const NIC_DUPLEX_TEXTS: readonly NicDuplex[] = [
  "unspecified",
  "full",
  "half",
];

/** Numbers of NicDuplex on the wire, by text, for requests; "unspecified" cannot be asked for. */
export const NIC_DUPLEX_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["full", 1],
  ["half", 2],
]);

/** Traffic of a network interface since it appeared; counters. Linux: a line of /proc/net/dev. */
export interface NetIoCounters {
  /** Interface, e.g. "eth0"; absent in a total. */
  name: string | null;
  /** Bytes sent. */
  bytesSent: number;
  /** Bytes received. */
  bytesRecv: number;
  /** Packets sent. */
  packetsSent: number;
  /** Packets received. */
  packetsRecv: number;
  /** Errors while receiving. */
  errin: number;
  /** Errors while sending. */
  errout: number;
  /** Received packets that were dropped. */
  dropin: number;
  /** Packets dropped instead of sent. Absent on macOS and BSD, where psutil gives 0. */
  dropout: number | null;
}

/** Decodes a NetIoCounters. Throws RangeError if the bytes are not one. */
export function decodeNetIoCounters(bytes: Uint8Array): NetIoCounters {
  return readNetIoCounters(new PlainReader(bytes));
}

/** Reads a NetIoCounters up to the reader's end; for decoders of messages that hold one. */
export function readNetIoCounters(reader: PlainReader): NetIoCounters {
  let name: string | null = null;
  let bytesSent: number = 0;
  let bytesRecv: number = 0;
  let packetsSent: number = 0;
  let packetsRecv: number = 0;
  let errin: number = 0;
  let errout: number = 0;
  let dropin: number = 0;
  let dropout: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 16:
        bytesSent = reader.uint64();
        break;
      case 24:
        bytesRecv = reader.uint64();
        break;
      case 32:
        packetsSent = reader.uint64();
        break;
      case 40:
        packetsRecv = reader.uint64();
        break;
      case 48:
        errin = reader.uint64();
        break;
      case 56:
        errout = reader.uint64();
        break;
      case 64:
        dropin = reader.uint64();
        break;
      case 72:
        dropout = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    bytesSent,
    bytesRecv,
    packetsSent,
    packetsRecv,
    errin,
    errout,
    dropin,
    dropout,
  };
}

/** Response of System.NetIoCounters. */
export interface NetIoCountersResponse {
  /** When the counters were read. */
  sample: Sample | null;
  /** All interfaces summed, loopback, bridges and tunnels included. Absent on a host without interfaces. */
  total: NetIoCounters | null;
  /** Each interface, in the system's order; empty unless pernic was asked for. */
  nics: NetIoCounters[];
}

/** Decodes a NetIoCountersResponse. Throws RangeError if the bytes are not one. */
export function decodeNetIoCountersResponse(bytes: Uint8Array): NetIoCountersResponse {
  return readNetIoCountersResponse(new PlainReader(bytes));
}

/** Reads a NetIoCountersResponse up to the reader's end; for decoders of messages that hold one. */
export function readNetIoCountersResponse(reader: PlainReader): NetIoCountersResponse {
  let sample: Sample | null = null;
  let total: NetIoCounters | null = null;
  const nics: NetIoCounters[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        total = readNetIoCounters(reader);
        reader.leave(outer);
        break;
      }
      case 26: {
        const outer = reader.enter();
        nics.push(readNetIoCounters(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    total,
    nics,
  };
}

/** One end of a socket: ip and port, or path. */
export interface SocketAddress {
  /** IPv4 or IPv6 address as text; absent for UNIX sockets. */
  ip: string | null;
  /** Port; absent for UNIX sockets. */
  port: number | null;
  /** Path of a UNIX socket; an abstract name begins with "@". */
  path: string | null;
}

/** Decodes a SocketAddress. Throws RangeError if the bytes are not one. */
export function decodeSocketAddress(bytes: Uint8Array): SocketAddress {
  return readSocketAddress(new PlainReader(bytes));
}

/** Reads a SocketAddress up to the reader's end; for decoders of messages that hold one. */
export function readSocketAddress(reader: PlainReader): SocketAddress {
  let ip: string | null = null;
  let port: number | null = null;
  let path: string | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        ip = reader.string();
        break;
      case 16:
        port = reader.uint32();
        break;
      case 26:
        path = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    ip,
    port,
    path,
  };
}

/** One socket. Linux: a line of /proc/net/{tcp,tcp6,udp,udp6,unix}, or sock_diag; its holder from /proc/PID/fd. */
export interface NetConnection {
  /** File descriptor in its process. Absent where the holder is unknown and on Windows, where psutil gives -1. */
  fd: number | null;
  /** Address family. */
  family: AddressFamily;
  /** Socket type. */
  type: SocketType;
  /** Local end; absent if not bound, where psutil gives an empty tuple or "". */
  laddr: SocketAddress | null;
  /** Remote end; absent if not connected, and for UNIX sockets of Linux and FreeBSD. */
  raddr: SocketAddress | null;
  /** State of a TCP socket, NONE for others. */
  status: ConnectionStatus;
  /** Pid of the process that holds it; absent if unknown to the agent, and where the process is given anyway. */
  pid: number | null;
}

/** Decodes a NetConnection. Throws RangeError if the bytes are not one. */
export function decodeNetConnection(bytes: Uint8Array): NetConnection {
  return readNetConnection(new PlainReader(bytes));
}

/** Reads a NetConnection up to the reader's end; for decoders of messages that hold one. */
export function readNetConnection(reader: PlainReader): NetConnection {
  let fd: number | null = null;
  let family: AddressFamily = "unspecified";
  let type: SocketType = "unspecified";
  let laddr: SocketAddress | null = null;
  let raddr: SocketAddress | null = null;
  let status: ConnectionStatus = "unspecified";
  let pid: number | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        fd = reader.int32();
        break;
      case 16:
        family = ADDRESS_FAMILY_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 24:
        type = SOCKET_TYPE_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 34: {
        const outer = reader.enter();
        laddr = readSocketAddress(reader);
        reader.leave(outer);
        break;
      }
      case 42: {
        const outer = reader.enter();
        raddr = readSocketAddress(reader);
        reader.leave(outer);
        break;
      }
      case 48:
        status = CONNECTION_STATUS_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 56:
        pid = reader.int64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    fd,
    family,
    type,
    laddr,
    raddr,
    status,
    pid,
  };
}

/** One chunk of the answer to System.NetConnections: a busy host has more sockets than one message should hold. */
export interface NetConnectionsResponse {
  /** When the collection began; the same in all chunks of one answer. */
  sample: Sample | null;
  /** Sockets, one entry for each process and descriptor that holds it, in no set order. */
  connections: NetConnection[];
}

/** Decodes a NetConnectionsResponse. Throws RangeError if the bytes are not one. */
export function decodeNetConnectionsResponse(bytes: Uint8Array): NetConnectionsResponse {
  return readNetConnectionsResponse(new PlainReader(bytes));
}

/** Reads a NetConnectionsResponse up to the reader's end; for decoders of messages that hold one. */
export function readNetConnectionsResponse(reader: PlainReader): NetConnectionsResponse {
  let sample: Sample | null = null;
  const connections: NetConnection[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        connections.push(readNetConnection(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    connections,
  };
}

/** One address of a network interface. Linux: getifaddrs(3). */
export interface NetIfAddr {
  /** What kind of address. */
  family: AddressFamily;
  /** The address as text, e.g. "10.0.0.7", "fe80::1%eth0" or "52:54:00:12:34:56"; absent for family NONE. */
  address: string | null;
  /** Network mask as text; absent if it has none. */
  netmask: string | null;
  /** Broadcast address; absent if it has none. Never together with ptp. */
  broadcast: string | null;
  /** The other end of a point-to-point link. Absent without one, and on Windows. */
  ptp: string | null;
}

/** Decodes a NetIfAddr. Throws RangeError if the bytes are not one. */
export function decodeNetIfAddr(bytes: Uint8Array): NetIfAddr {
  return readNetIfAddr(new PlainReader(bytes));
}

/** Reads a NetIfAddr up to the reader's end; for decoders of messages that hold one. */
export function readNetIfAddr(reader: PlainReader): NetIfAddr {
  let family: AddressFamily = "unspecified";
  let address: string | null = null;
  let netmask: string | null = null;
  let broadcast: string | null = null;
  let ptp: string | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        family = ADDRESS_FAMILY_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 18:
        address = reader.string();
        break;
      case 26:
        netmask = reader.string();
        break;
      case 34:
        broadcast = reader.string();
        break;
      case 42:
        ptp = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    family,
    address,
    netmask,
    broadcast,
    ptp,
  };
}

/** Addresses of one network interface. */
export interface NetIfAddrs {
  /** Interface, e.g. "eth0". */
  name: string;
  /** Its addresses: IPv4, IPv6, hardware. */
  addrs: NetIfAddr[];
}

/** Decodes a NetIfAddrs. Throws RangeError if the bytes are not one. */
export function decodeNetIfAddrs(bytes: Uint8Array): NetIfAddrs {
  return readNetIfAddrs(new PlainReader(bytes));
}

/** Reads a NetIfAddrs up to the reader's end; for decoders of messages that hold one. */
export function readNetIfAddrs(reader: PlainReader): NetIfAddrs {
  let name: string = "";
  const addrs: NetIfAddr[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 18: {
        const outer = reader.enter();
        addrs.push(readNetIfAddr(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    addrs,
  };
}

/** Response of System.NetIfAddrs. */
export interface NetIfAddrsResponse {
  /** When the addresses were read. */
  sample: Sample | null;
  /** Interfaces, in the system's order. */
  nics: NetIfAddrs[];
}

/** Decodes a NetIfAddrsResponse. Throws RangeError if the bytes are not one. */
export function decodeNetIfAddrsResponse(bytes: Uint8Array): NetIfAddrsResponse {
  return readNetIfAddrsResponse(new PlainReader(bytes));
}

/** Reads a NetIfAddrsResponse up to the reader's end; for decoders of messages that hold one. */
export function readNetIfAddrsResponse(reader: PlainReader): NetIfAddrsResponse {
  let sample: Sample | null = null;
  const nics: NetIfAddrs[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        nics.push(readNetIfAddrs(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    nics,
  };
}

/** State of one network interface; gauges. Linux: interface ioctls. */
export interface NetIfStats {
  /** Interface, e.g. "eth0". */
  name: string;
  /** Whether it is up and running (Linux: IFF_RUNNING). */
  isup: boolean;
  /** Duplex. Absent where unknown, as for loopback and wireless; psutil's NIC_DUPLEX_UNKNOWN. */
  duplex: NicDuplex | null;
  /** Speed, megabits per second. Absent where unknown, where psutil gives 0. */
  speed: number | null;
  /** Largest packet, bytes. */
  mtu: number;
  /** Flags, e.g. "up", "broadcast", "running" (psutil joins them by commas). Empty on Windows. */
  flags: string[];
}

/** Decodes a NetIfStats. Throws RangeError if the bytes are not one. */
export function decodeNetIfStats(bytes: Uint8Array): NetIfStats {
  return readNetIfStats(new PlainReader(bytes));
}

/** Reads a NetIfStats up to the reader's end; for decoders of messages that hold one. */
export function readNetIfStats(reader: PlainReader): NetIfStats {
  let name: string = "";
  let isup: boolean = false;
  let duplex: NicDuplex | null = null;
  let speed: number | null = null;
  let mtu: number = 0;
  const flags: string[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        name = reader.string();
        break;
      case 16:
        isup = reader.bool();
        break;
      case 24:
        duplex = NIC_DUPLEX_TEXTS[reader.int32()] ?? "unspecified";
        break;
      case 32:
        speed = reader.uint64();
        break;
      case 40:
        mtu = reader.uint32();
        break;
      case 50:
        flags.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return {
    name,
    isup,
    duplex,
    speed,
    mtu,
    flags,
  };
}

/** Response of System.NetIfStats. */
export interface NetIfStatsResponse {
  /** When the state was read. */
  sample: Sample | null;
  /** Interfaces, in the system's order. */
  nics: NetIfStats[];
}

/** Decodes a NetIfStatsResponse. Throws RangeError if the bytes are not one. */
export function decodeNetIfStatsResponse(bytes: Uint8Array): NetIfStatsResponse {
  return readNetIfStatsResponse(new PlainReader(bytes));
}

/** Reads a NetIfStatsResponse up to the reader's end; for decoders of messages that hold one. */
export function readNetIfStatsResponse(reader: PlainReader): NetIfStatsResponse {
  let sample: Sample | null = null;
  const nics: NetIfStats[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        nics.push(readNetIfStats(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    nics,
  };
}
