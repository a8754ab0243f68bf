// SPDX-License-Identifier: Apache-2.0

import { constants } from "node:crypto";
import type { Socket } from "node:net";
import { createServer, type Server, type TLSSocket } from "node:tls";
import type { TlsMaterial } from "../trust/server-certificate.ts";
import type { RefusalReason } from "./listen-counts.ts";

/** What becomes of one handshake. */
export interface Handshake {
  /** It is done: whoever is there may speak HTTP/2. */
  readonly onSecure: (socket: TLSSocket) => void;
  /** It failed; the connection is closed and must not be touched any more. `why` is OpenSSL's or Node's word for it. */
  readonly onFailure: (reason: RefusalReason, why: string) => void;
}

/**
 * TLS 1.3 in front of HTTP/2. Not grpc-js's own: with that one nobody sees a handshake that fails or takes long, and
 * what it is told anew forgets the least version.
 */
export class TlsFront {
  readonly #server: Server;
  readonly #pending = new Map<string, Handshake>();
  readonly #handshakeMs: number;

  constructor(material: TlsMaterial, handshakeMs: number) {
    this.#handshakeMs = handshakeMs;
    const asksForCertificate = material.clientCa !== null;
    this.#server = createServer({
      ...contextOf(material),
      requestCert: asksForCertificate,
      rejectUnauthorized: asksForCertificate,
      ALPNProtocols: ["h2"],
      handshakeTimeout: handshakeMs,
    });
    this.#server.on("secureConnection", (socket) => this.#settle(socket, (handshake) => secured(socket, handshake)));
    // Here and below, the TLS is destroyed and not the connection under it: both at once, from within OpenSSL's callback,
    // is a crash of Node.
    this.#server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
      this.#settle(socket, ({ onFailure }) => onFailure(reasonOf(error), error.code ?? error.message));
      socket.destroy();
    });
  }

  /** Uses other certificates for handshakes from now on; those in progress end with what they began with. */
  publish(material: TlsMaterial): void {
    this.#server.setSecureContext(contextOf(material));
  }

  /** Does the handshake of a connection that has just come in. */
  shake(socket: Socket, handshake: Handshake): void {
    const key = keyOf(socket);
    const began = performance.now();
    this.#pending.set(key, handshake);
    socket.once("close", () => {
      // Destroyed without a word, as for a certificate that nobody vouches for, or so late that it has no address.
      if (this.#pending.get(key) !== handshake) return;
      this.#pending.delete(key);
      const isLate = performance.now() - began >= this.#handshakeMs - 1;
      handshake.onFailure(isLate ? "handshake_timeout" : "handshake_failed", isLate ? "too slow" : "closed");
    });
    this.#server.emit("connection", socket);
  }

  #settle(socket: TLSSocket, then: (handshake: Handshake) => void): void {
    const key = keyOf(socket);
    const handshake = this.#pending.get(key);
    this.#pending.delete(key);
    if (handshake === undefined) socket.destroy();
    else then(handshake);
  }
}

function contextOf({ cert, key, clientCa }: TlsMaterial) {
  return {
    cert,
    key,
    ...(clientCa === null ? {} : { ca: clientCa }),
    // Each time anew: what is left out of a new context falls back to Node's defaults.
    minVersion: "TLSv1.3" as const,
    maxVersion: "TLSv1.3" as const,
    // A session that is resumed is not verified again: a certificate that was withdrawn would go on.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

function secured(socket: TLSSocket, { onSecure, onFailure }: Handshake): void {
  if (socket.alpnProtocol === "h2") {
    onSecure(socket);
    return;
  }
  onFailure("protocol", "no HTTP/2");
  socket.destroy();
}

function reasonOf({ code }: NodeJS.ErrnoException): RefusalReason {
  if (code === "ERR_TLS_HANDSHAKE_TIMEOUT") return "handshake_timeout";
  return code === "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE" ? "client_certificate" : "handshake_failed";
}

/** The same for a connection and for the TLS that is made of it, and for no other one that is open. */
function keyOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localAddress} ${socket.localPort}`;
}
