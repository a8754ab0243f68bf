// SPDX-License-Identifier: Apache-2.0

import { formatTarget, isPipe, isUnix, type ListenTarget } from "./listen/listen-target.ts";

/** Why an agent could not start listening. */
export type AgentStartReason =
  | "port_in_use"
  | "socket_in_use"
  | "not_permitted"
  | "no_such_address"
  | "unsafe_path"
  | "credentials"
  | "policy"
  | "audit"
  | "bind_failed";

/** Thrown by createAgent when it cannot listen; the message says what to do. */
export class AgentStartError extends Error {
  /** Why, for programs. */
  readonly reason: AgentStartReason;

  constructor(reason: AgentStartReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AgentStartError";
    this.reason = reason;
  }
}

/** Explains why a bind failed. */
export function explainBindError(error: NodeJS.ErrnoException, listen: ListenTarget): AgentStartError {
  const address = formatTarget(listen);
  const cause = { cause: error };
  if (isUnix(listen) || isPipe(listen)) {
    const reason = error.code === "EACCES" || error.code === "EPERM" ? "not_permitted" : "bind_failed";
    return new AgentStartError(reason, `cannot listen on ${address}: ${error.message}`, cause);
  }
  switch (error.code) {
    case "EADDRINUSE": {
      const text = `port ${listen.port} is in use, probably by another agent; port 0 picks a free one`;
      return new AgentStartError("port_in_use", text, cause);
    }
    case "EACCES": {
      const text = `this user may not listen on port ${listen.port}; choose one from 1024 up`;
      return new AgentStartError("not_permitted", text, cause);
    }
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
      return new AgentStartError("no_such_address", `this host has no address ${address}`, cause);
    default:
      return new AgentStartError("bind_failed", `cannot listen on ${address}: ${error.message}`, cause);
  }
}
