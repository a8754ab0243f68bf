// SPDX-License-Identifier: Apache-2.0

import type { AddressFamily, ConnectionStatus, SocketType } from "../gen/hostscope/v1/network_plain.ts";

/** Open, data may flow; psutil.CONN_ESTABLISHED. */
export const CONN_ESTABLISHED = "ESTABLISHED" satisfies ConnectionStatus;
/** Asked the peer to connect; psutil.CONN_SYN_SENT. */
export const CONN_SYN_SENT = "SYN_SENT" satisfies ConnectionStatus;
/** Was asked to connect and answered; psutil.CONN_SYN_RECV. */
export const CONN_SYN_RECV = "SYN_RECV" satisfies ConnectionStatus;
/** Closed here, not yet confirmed; psutil.CONN_FIN_WAIT1. */
export const CONN_FIN_WAIT1 = "FIN_WAIT1" satisfies ConnectionStatus;
/** Closed here and confirmed, the peer may still send; psutil.CONN_FIN_WAIT2. */
export const CONN_FIN_WAIT2 = "FIN_WAIT2" satisfies ConnectionStatus;
/** Closed on both sides, kept for late packets; psutil.CONN_TIME_WAIT. */
export const CONN_TIME_WAIT = "TIME_WAIT" satisfies ConnectionStatus;
/** Not connected; psutil.CONN_CLOSE. */
export const CONN_CLOSE = "CLOSE" satisfies ConnectionStatus;
/** Closed by the peer, not yet here; psutil.CONN_CLOSE_WAIT. */
export const CONN_CLOSE_WAIT = "CLOSE_WAIT" satisfies ConnectionStatus;
/** Closed by the peer, then here, not yet confirmed; psutil.CONN_LAST_ACK. */
export const CONN_LAST_ACK = "LAST_ACK" satisfies ConnectionStatus;
/** Waits for peers; psutil.CONN_LISTEN. */
export const CONN_LISTEN = "LISTEN" satisfies ConnectionStatus;
/** Both sides closed at once; psutil.CONN_CLOSING. */
export const CONN_CLOSING = "CLOSING" satisfies ConnectionStatus;
/** Has no such state: UDP and UNIX sockets; psutil.CONN_NONE. */
export const CONN_NONE = "NONE" satisfies ConnectionStatus;
/** Being removed, Windows; psutil.CONN_DELETE_TCB. */
export const CONN_DELETE_TCB = "DELETE_TCB" satisfies ConnectionStatus;
/** Opened, not bound, Solaris; psutil.CONN_IDLE. */
export const CONN_IDLE = "IDLE" satisfies ConnectionStatus;
/** Bound, not connected, Solaris; psutil.CONN_BOUND. */
export const CONN_BOUND = "BOUND" satisfies ConnectionStatus;

/** IPv4; Python's socket.AF_INET. */
export const AF_INET = "AF_INET" satisfies AddressFamily;
/** IPv6; Python's socket.AF_INET6. */
export const AF_INET6 = "AF_INET6" satisfies AddressFamily;
/** UNIX socket; Python's socket.AF_UNIX. */
export const AF_UNIX = "AF_UNIX" satisfies AddressFamily;
/** Hardware (MAC) address of a network interface; psutil.AF_LINK. */
export const AF_LINK = "AF_LINK" satisfies AddressFamily;
/** No address at all, as of an unconfigured tunnel; Python's socket.AF_UNSPEC. */
export const AF_UNSPEC = "AF_UNSPEC" satisfies AddressFamily;

/** Byte stream: TCP, or UNIX; Python's socket.SOCK_STREAM. */
export const SOCK_STREAM = "SOCK_STREAM" satisfies SocketType;
/** Datagrams: UDP, or UNIX; Python's socket.SOCK_DGRAM. */
export const SOCK_DGRAM = "SOCK_DGRAM" satisfies SocketType;
/** Packets in sequence, UNIX; Python's socket.SOCK_SEQPACKET. */
export const SOCK_SEQPACKET = "SOCK_SEQPACKET" satisfies SocketType;
