// SPDX-License-Identifier: Apache-2.0

/** How connections come in: over a UNIX socket, a named pipe, TLS, or TCP in the clear on loopback. */
export type Via = "unix" | "pipe" | "tls" | "tcp";

/** Why a connection was closed before it could call, or a call was refused before its handler. */
export type RefusalReason =
  | "connections"
  | "connections_per_address"
  | "connections_per_user"
  | "handshakes"
  | "handshake_timeout"
  | "handshake_failed"
  | "client_certificate"
  | "protocol"
  | "peer_unknown"
  | "no_call"
  | "unauthenticated"
  | "rate"
  | "watches"
  | "revoked";

/** Numbers of what listeners let in and what they refused, for metrics. They only grow. */
export class ListenCounts {
  readonly #accepted = new Map<Via, number>();
  readonly #refused = new Map<RefusalReason, number>();
  readonly #reloads = new Map<string, { ok: number; failed: number; stale: boolean }>();

  accept(via: Via): void {
    this.#accepted.set(via, (this.#accepted.get(via) ?? 0) + 1);
  }

  refuse(reason: RefusalReason): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
  }

  /** What came of one reload of the files called `name`. */
  reload(name: string, ok: boolean): void {
    const before = this.#reloads.get(name) ?? { ok: 0, failed: 0, stale: false };
    const { ok: good, failed } = before;
    this.#reloads.set(name, { ok: good + Number(ok), failed: failed + Number(!ok), stale: !ok });
  }

  /** Connections let in, by how they came. */
  get accepted(): ReadonlyMap<Via, number> {
    return this.#accepted;
  }

  /** Connections and calls refused, by reason. */
  get refused(): ReadonlyMap<RefusalReason, number> {
    return this.#refused;
  }

  /** Reloads by name; `stale`: what is in use is older than the files, which are broken. */
  get reloads(): ReadonlyMap<string, { readonly ok: number; readonly failed: number; readonly stale: boolean }> {
    return this.#reloads;
  }
}
