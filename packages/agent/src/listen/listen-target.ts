// SPDX-License-Identifier: Apache-2.0

import { isAbsolute, normalize } from "node:path";
import { isPipeTarget, pipeOfTarget, targetOfPipe } from "@hostscope/proto";
import { formatAddress, type ListenAddress, parseTcpAddress } from "../config/listen-address.ts";
import { safeText } from "../safe-text.ts";

/** A UNIX socket to listen on. */
export interface UnixAddress {
  /** Absolute path. */
  readonly path: string;
}

/** A named pipe of Windows to listen on. */
export interface PipeAddress {
  /** Whole name, "\\\\.\\pipe\\...". */
  readonly pipe: string;
}

/** Where an agent listens. */
export type ListenTarget = ListenAddress | UnixAddress | PipeAddress;

const UNIX = "unix:";

/** Longest path of a socket, in bytes: the kernel takes 107, and the socket is made under a longer name first. */
export const LONGEST_SOCKET_PATH = 100;

/**
 * Reads "unix:PATH", "npipe:////./pipe/NAME" or "HOST:PORT". Throws an Error whose message tells the operator what to
 * write instead.
 */
export function parseListenTarget(text: string): ListenTarget {
  if (isPipeTarget(text)) return { pipe: pipeName(text) };
  return text.startsWith(UNIX) ? { path: socketPath(text.slice(UNIX.length)) } : parseTcpAddress(text);
}

/** Whether it is a UNIX socket. */
export function isUnix(target: ListenTarget): target is UnixAddress {
  return "path" in target;
}

/** Whether it is a named pipe. */
export function isPipe(target: ListenTarget): target is PipeAddress {
  return "pipe" in target;
}

/** The target as logs and errors name it. */
export function formatTarget(target: ListenTarget): string {
  if (isPipe(target)) return targetOfPipe(target.pipe);
  return isUnix(target) ? `${UNIX}${target.path}` : formatAddress(target);
}

function pipeName(text: string): string {
  const pipe = pipeOfTarget(text);
  if (pipe === null) {
    throw new Error(`"${safeText(text, 120)}" is no named pipe of this machine, e.g. npipe:////./pipe/hostscope`);
  }
  return pipe;
}

function socketPath(path: string): string {
  const shown = `"${safeText(path, 120)}"`;
  if (!isAbsolute(path)) throw new Error(`${shown} is not an absolute path, e.g. unix:/run/hostscope/agent.sock`);
  if (path.includes("\0") || path.endsWith("/")) throw new Error(`${shown} is not the path of a socket`);
  const bytes = Buffer.byteLength(path);
  if (bytes > LONGEST_SOCKET_PATH) {
    throw new Error(`${shown} has ${bytes} bytes; the path of a socket has ${LONGEST_SOCKET_PATH} at most`);
  }
  return normalize(path);
}
