// SPDX-License-Identifier: Apache-2.0

import type { IncomingHttpHeaders } from "node:http";
import { isIPv4, isIPv6 } from "node:net";
import { isLoopback } from "../config/listen-address.ts";

/** Why a request must not be answered, or null if it may. */
export function refuse(headers: IncomingHttpHeaders): string | null {
  // A page that a browser was lured to can point its own name at 127.0.0.1, but cannot make the browser say another.
  if (!isOwnName(headers.host ?? "")) return "this name is not served here; ask for 127.0.0.1 or localhost";
  const site = headers["sec-fetch-site"];
  // It could not read the answer, but each question costs a collection.
  if (site === "cross-site" || site === "same-site") return "pages of other origins may not ask";
  return null;
}

/** Whether a Host header names this machine's loopback, with any port: a tunnel has another one. */
function isOwnName(host: string): boolean {
  const { name } = /^(?<name>\[[^\]]{1,45}\]|[^:]{1,253})(?::\d{1,5})?$/.exec(host)?.groups ?? {};
  if (name === undefined) return false;
  if (name.toLowerCase() === "localhost") return true;
  const address = name.startsWith("[") ? name.slice(1, -1) : name;
  return (isIPv4(address) || isIPv6(address)) && isLoopback(address);
}
