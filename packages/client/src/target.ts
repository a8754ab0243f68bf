// SPDX-License-Identifier: Apache-2.0

import { isIPv4 } from "node:net";
import { pipeOfTarget } from "@hostscope/proto";
import { describe } from "./call-options.ts";
import { InvalidArgument } from "./errors.ts";

/** What a target names; `address` is what grpc-js dials, `name` what the host's certificate has to be for. */
export type Target =
  | { readonly kind: "local" }
  | { readonly kind: "grpc"; readonly address: string }
  | { readonly kind: "unix"; readonly address: string }
  | { readonly kind: "pipe"; readonly address: string }
  | { readonly kind: "https"; readonly address: string; readonly name: string };

const FORMS =
  'a target is "local:" (this machine), "https://HOST:PORT", "unix:/PATH", "npipe:////./pipe/NAME" on Windows, or in the ' +
  'clear "grpc://HOST:PORT" on this machine, e.g. "grpc://127.0.0.1:7443"';
const SECURE = new Set(["https:", "grpcs:"]);
const UNIX = /^unix:(?:\/\/)?(\/(?!\/)[^\0?#]*[^\0?#/])$/;

/**
 * Reads a target. Throws InvalidArgument for what is no target, and for plain text to anything but loopback unless
 * `insecure` says that this is meant.
 */
export function parseTarget(target: string, insecure = false): Target {
  if (typeof target !== "string") {
    throw new InvalidArgument(`open() takes a target, not ${describe(target)}: ${FORMS}`);
  }
  if (target === "local:") {
    return { kind: "local" };
  }
  const path = UNIX.exec(target)?.[1];
  if (path !== undefined) {
    return { kind: "unix", address: `unix:${path}` };
  }
  const pipe = pipeOfTarget(target);
  if (pipe !== null) {
    // What grpc-js calls a UNIX socket is whatever Node connects to by a path.
    return { kind: "pipe", address: `unix:${pipe}` };
  }
  const url = URL.canParse(target) ? new URL(target) : null;
  const bare = url !== null && (url.pathname === "" || url.pathname === "/") && url.search === "" && url.hash === "";
  const port = portOf(target, url);
  const known = url !== null && (url.protocol === "grpc:" || SECURE.has(url.protocol));
  if (!bare || !known || url.username !== "" || url.hostname === "" || port === null) {
    throw new InvalidArgument(`${describe(target)} is no target: ${FORMS}`);
  }
  const host = url.hostname.toLowerCase();
  const address = addressOf(host, port);
  if (SECURE.has(url.protocol)) {
    return { kind: "https", address, name: host.replace(/^\[|\]$/g, "") };
  }
  if (!insecure && !isLoopback(host)) {
    throw new InvalidArgument(
      `${describe(target)} is not on this machine: grpc:// is not encrypted and reaches loopback only (127.0.0.1, [::1], ` +
        "localhost); use https://, or say { insecure: true } if the way there is safe",
    );
  }
  return { kind: "grpc", address };
}

/** The port, which has to be there; URL leaves out the one it takes for https's own. */
function portOf(target: string, url: URL | null): string | null {
  if (url === null) {
    return null;
  }
  const port = url.port === "" && /:443\/?$/.test(target) ? "443" : url.port;
  return Number(port) === 0 ? null : port;
}

/** Address in grpc-js's form. */
function addressOf(host: string, port: string): string {
  if (isIPv4(host)) {
    return `ipv4:${host}:${port}`;
  }
  return host.startsWith("[") ? `ipv6:${host}:${port}` : `dns:${host}:${port}`;
}

function isLoopback(host: string): boolean {
  return (isIPv4(host) && host.startsWith("127.")) || host === "[::1]" || host === "localhost";
}
