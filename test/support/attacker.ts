// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { connect as connectTcp, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls, TLSSocket } from "node:tls";
import type { CertificateFiles } from "./pki.ts";

/** A connection that sends whatever it likes. */
export class Attacker implements Disposable {
  readonly #socket: Socket;
  /** Bytes that came back. */
  received = 0;
  #closed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#closed = true;
    });
    socket.on("data", (bytes: Buffer) => {
      this.received += bytes.length;
    });
  }

  /** Connects; over TLS if there are certificates for it. */
  static async connect(port: number, files?: CertificateFiles): Promise<Attacker> {
    const socket =
      files === undefined
        ? connectTcp(port, "127.0.0.1")
        : connectTls({
            host: "127.0.0.1",
            port,
            ca: readFileSync(files.ca),
            cert: readFileSync(files.cert),
            key: readFileSync(files.key),
            ALPNProtocols: ["h2"],
          });
    const attacker = new Attacker(socket);
    await new Promise<void>((resolve) => {
      socket.once(files === undefined ? "connect" : "secureConnect", resolve);
      socket.once("close", () => resolve());
    });
    return attacker;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Sends as fast as the other side takes it; for `ms` at most. False if it was hung up on, or had to give up. */
  async send(bytes: Uint8Array, ms = 5_000): Promise<boolean> {
    if (this.#closed || this.#socket.destroyed) return false;
    if (this.#socket.write(bytes)) return true;
    return new Promise((resolve) => {
      const settle = (sent: boolean) => {
        clearTimeout(timer);
        this.#socket.off("drain", onDrain).off("close", onClose);
        resolve(sent);
      };
      const onDrain = () => settle(true);
      const onClose = () => settle(false);
      const timer = setTimeout(onClose, ms);
      this.#socket.on("drain", onDrain).on("close", onClose);
    });
  }

  /** Waits until the other side hangs up, `ms` at most. */
  async hungUp(ms: number): Promise<boolean> {
    for (const end = performance.now() + ms; !this.#closed && performance.now() < end; ) await sleep(10);
    return this.#closed;
  }

  /** Ends without a goodbye; by RST if there is no TLS in between. */
  reset(): void {
    if (this.#socket instanceof TLSSocket) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  /** Takes no more bytes. */
  pause(): void {
    this.#socket.pause();
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
