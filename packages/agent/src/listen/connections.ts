// SPDX-License-Identifier: Apache-2.0

import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import type { Identity } from "../trust/identity.ts";
import type { Via } from "./listen-counts.ts";

/** One connection that may make calls. */
export interface Connection {
  /** Unique in the life of the agent. */
  readonly id: number;
  readonly via: Via;
  /** Address of the other side, for logs. */
  readonly peer: string;
  readonly socket: Socket;
  /** The client's certificates, leaf first; null unless it has shown one. */
  readonly certificate: X509Certificate | null;
  /** Who is there by the connection alone; null: nobody, for the reason in `lacking`. */
  identity: Identity | null;
  /** What a caller without identity is told. */
  lacking: string;
  /** Calls that it has begun. */
  calls: number;
  /** Calls without valid credentials. */
  refused: number;
}

const MARK = "connection ";

/** The connections that are open, and how a call finds its own. */
export class Connections implements Iterable<Connection> {
  readonly #open = new Map<string, Connection>();
  #last = 0;

  /** Number of open connections. */
  get size(): number {
    return this.#open.size;
  }

  /** Adds one, until its socket closes. */
  add(facts: Omit<Connection, "id" | "calls" | "refused">): Connection {
    const connection: Connection = { ...facts, id: ++this.#last, calls: 0, refused: 0 };
    const mark = `${MARK}${connection.id}`;
    this.#open.set(mark, connection);
    // The only thing of a socket that grpc-js shows to interceptors is its address: it carries our number.
    Object.defineProperty(facts.socket, "remoteAddress", { value: mark });
    facts.socket.once("close", () => this.#open.delete(mark));
    return connection;
  }

  /** The one that a call came by, from what grpc-js says of it; null if it is over. */
  of(remoteAddress: string | undefined): Connection | null {
    return this.#open.get(remoteAddress ?? "") ?? null;
  }

  [Symbol.iterator](): Iterator<Connection> {
    return this.#open.values();
  }
}
