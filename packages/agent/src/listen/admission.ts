// SPDX-License-Identifier: Apache-2.0

import type { Limits } from "../config/limits.ts";
import type { RefusalReason } from "./listen-counts.ts";

/** Counts what is open and says when there is no room for more. */
export class Admission {
  readonly #limits: Limits;
  readonly #perAddress = new Map<string, number>();
  readonly #perUser = new Map<number | string, number>();
  #open = 0;
  #handshakes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Number of TLS handshakes in progress. */
  get handshakes(): number {
    return this.#handshakes;
  }

  /**
   * Lets a connection in: the reason why not, or null. What is given as null is not limited. Each one let in must leave
   * once, by `leave` with the same arguments.
   */
  enter(address: string | null, user: number | string | null): RefusalReason | null {
    const { connections, connectionsPerAddress, connectionsPerUser } = this.#limits;
    if (this.#open >= connections) return "connections";
    if (address !== null && (this.#perAddress.get(address) ?? 0) >= connectionsPerAddress) {
      return "connections_per_address";
    }
    if (user !== null && (this.#perUser.get(user) ?? 0) >= connectionsPerUser) return "connections_per_user";
    this.#open += 1;
    add(this.#perAddress, address, 1);
    add(this.#perUser, user, 1);
    return null;
  }

  leave(address: string | null, user: number | string | null): void {
    this.#open -= 1;
    add(this.#perAddress, address, -1);
    add(this.#perUser, user, -1);
  }

  /** Begins a handshake if there is room for one; the function it gives ends it, and may be called again. */
  startHandshake(): (() => void) | null {
    if (this.#handshakes >= this.#limits.handshakes) return null;
    this.#handshakes += 1;
    let ended = false;
    return () => {
      if (!ended) this.#handshakes -= 1;
      ended = true;
    };
  }
}

/** Keys with nothing open leave the map: addresses come from outside. */
function add<K>(counts: Map<K, number>, key: K | null, by: number): void {
  if (key === null) return;
  const count = (counts.get(key) ?? 0) + by;
  if (count <= 0) counts.delete(key);
  else counts.set(key, count);
}
