// SPDX-License-Identifier: Apache-2.0

import type { Socket } from "node:net";
import type { PeerCredentials, PipePeer } from "@hostscope/native";
import type { Limits } from "../config/limits.ts";
import type { Logger } from "../log.ts";
import type { Trust } from "../trust/trust.ts";
import { Admission } from "./admission.ts";
import { Connections } from "./connections.ts";
import { descriptorOf } from "./descriptor.ts";
import type { RefusalReason, Via } from "./listen-counts.ts";
import { addressKey, LOOPBACK_PEER, type PeerFacts, peerText, tlsPeer } from "./peer.ts";
import { TlsFront } from "./tls-front.ts";

/** What stands behind the front. */
export interface FrontOptions {
  readonly limits: Limits;
  readonly trust: Trust;
  readonly logger: Logger;
  /** Speaks HTTP/2 with whoever was let in. */
  readonly serve: (socket: Socket) => void;
}

/** Takes connections from listeners, lets in those that may come, and finds out who they are. */
export class Front {
  readonly connections = new Connections();
  readonly #options: FrontOptions;
  readonly #admission: Admission;
  readonly #tls: TlsFront | null;

  constructor(options: FrontOptions) {
    this.#options = options;
    this.#admission = new Admission(options.limits);
    const { trust, limits } = options;
    this.#tls = trust.tls === null ? null : new TlsFront(trust.tls, limits.handshakeMs);
    trust.reloader.onReload((name) => {
      if (name === "tls" && trust.tls !== null) this.#tls?.publish(trust.tls);
    });
  }

  /** Number of TLS handshakes in progress. */
  get handshakes(): number {
    return this.#admission.handshakes;
  }

  /** A connection over TCP in the clear, on loopback. */
  takeTcp(socket: Socket): void {
    const peer = peerText(socket);
    if (this.#enter(socket, null, null)) this.#letIn(socket, "tcp", peer, LOOPBACK_PEER);
  }

  /** A connection over a UNIX socket. */
  takeUnix(socket: Socket, credentialsOf: (fd: number) => PeerCredentials): void {
    let credentials: PeerCredentials;
    try {
      credentials = credentialsOf(descriptorOf(socket));
    } catch (err) {
      this.#refuse(socket, "peer_unknown");
      this.#options.logger.warn({ err }, "a connection was closed: the kernel does not tell whose it is");
      return;
    }
    const { uid } = credentials;
    if (!this.#enter(socket, null, uid)) return;
    const identity = { kind: "unix", ...credentials } as const;
    this.#letIn(socket, "unix", `unix:${uid}`, { identity, lacking: "", certificate: null });
  }

  /** A connection over a named pipe, from which something was read. */
  takePipe(socket: Socket, peerOf: () => PipePeer): void {
    let peer: PipePeer;
    try {
      peer = peerOf();
    } catch (err) {
      this.#refuse(socket, "peer_unknown");
      this.#options.logger.warn({ err }, "a connection was closed: Windows does not tell whose it is");
      return;
    }
    if (!this.#enter(socket, null, peer.sid)) return;
    const identity = { kind: "pipe", ...peer } as const;
    this.#letIn(socket, "pipe", `pipe:${peer.sid}`, { identity, lacking: "", certificate: null });
  }

  /** A connection over TCP that is to speak TLS first. */
  takeTls(socket: Socket): void {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined || this.#tls === null) {
      socket.destroy();
      return;
    }
    const peer = peerText(socket);
    const end = this.#admission.startHandshake();
    if (end === null) {
      this.#refuse(socket, "handshakes");
      return;
    }
    socket.once("close", end);
    if (!this.#enter(socket, addressKey(remoteAddress), null)) return;
    this.#tls.shake(socket, {
      onSecure: (secure) => {
        end();
        secure.on("error", () => {});
        this.#letIn(secure, "tls", peer, tlsPeer(secure));
      },
      onFailure: (reason, why) => {
        end();
        this.#options.trust.counts.refuse(reason);
        this.#options.logger.debug({ peer, why }, "a TLS handshake failed");
      },
    });
  }

  #enter(socket: Socket, address: string | null, user: number | string | null): boolean {
    const reason = this.#admission.enter(address, user);
    if (reason !== null) {
      this.#refuse(socket, reason);
      return false;
    }
    socket.once("close", () => this.#admission.leave(address, user));
    return true;
  }

  #letIn(socket: Socket, via: Via, peer: string, facts: PeerFacts): void {
    const { trust, limits, serve, logger } = this.#options;
    trust.counts.accept(via);
    const connection = this.connections.add({ ...facts, via, peer, socket });
    const judge = () => {
      if (connection.calls === 0) this.#refuse(socket, "no_call");
    };
    // After an agent has stood still, timers are late before what came meanwhile has been read: that first.
    const idle = setTimeout(() => setImmediate(judge), limits.firstCallMs).unref();
    socket.once("close", () => clearTimeout(idle));
    logger.debug({ peer, via, connection: connection.id }, "connection");
    serve(socket);
  }

  #refuse(socket: Socket, reason: RefusalReason): void {
    this.#options.trust.counts.refuse(reason);
    socket.destroy();
  }
}
