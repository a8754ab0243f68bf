// SPDX-License-Identifier: Apache-2.0

import { isIPv4 } from "node:net";
import { describe } from "./call-options.ts";
import { InvalidArgument, NotImplemented } from "./errors.ts";

/** What a target names. */
export type Target = { readonly kind: "local" } | { readonly kind: "grpc"; readonly address: string };

const FORMS = 'a target is "local:" (this machine) or "grpc://HOST:PORT", e.g. "grpc://127.0.0.1:7443"';
const SECURE = new Set(["https:", "grpcs:"]);

/**
 * Reads a target; `address` is what grpc-js dials. Throws InvalidArgument for what is no target and for plaintext to
 * anything but loopback, NotImplemented for what needs TLS.
 */
export function parseTarget(target: string): Target {
  if (typeof target !== "string") {
    throw new InvalidArgument(`open() takes a target, not ${describe(target)}: ${FORMS}`);
  }
  if (target === "local:") {
    return { kind: "local" };
  }
  const url = URL.canParse(target) ? new URL(target) : null;
  if (url !== null && SECURE.has(url.protocol)) {
    throw new NotImplemented(`${describe(target)} needs TLS, which is not supported by this version; ${FORMS}`);
  }
  const bare = url !== null && (url.pathname === "" || url.pathname === "/") && url.search === "" && url.hash === "";
  if (!bare || url.protocol !== "grpc:" || url.username !== "" || url.hostname === "" || Number(url.port) === 0) {
    throw new InvalidArgument(`${describe(target)} is no target: ${FORMS}`);
  }
  const address = loopbackAddress(url.hostname.toLowerCase(), url.port);
  if (address === null) {
    throw new InvalidArgument(
      `${describe(target)} is not on this machine: without TLS, which is not supported by this version, ` +
        "grpc:// reaches loopback only (127.0.0.1, [::1], localhost)",
    );
  }
  return { kind: "grpc", address };
}

/** Address in grpc-js's form, or null if the host is not loopback. */
function loopbackAddress(host: string, port: string): string | null {
  if (isIPv4(host) && host.startsWith("127.")) {
    return `ipv4:${host}:${port}`;
  }
  if (host === "[::1]") {
    return `ipv6:${host}:${port}`;
  }
  return host === "localhost" ? `dns:${host}:${port}` : null;
}
