// SPDX-License-Identifier: Apache-2.0

import { Client, credentials, Metadata, type ServiceError, type StatusObject } from "@grpc/grpc-js";

/** What came of a call made without the SDK: the status, and the bytes if there were any. */
export interface RawAnswer {
  readonly code: number;
  readonly text: string;
  readonly messages: Buffer[];
}

/** Calls an agent with any bytes, as a stranger or an attacker would. */
export class RawClient {
  readonly #client: Client;

  constructor(host: string, port: number) {
    this.#client = new Client(`${host}:${port}`, credentials.createInsecure());
  }

  /** Sends one message, collects all answers and the status; never rejects. */
  call(path: string, request: Uint8Array, deadline: Date | number = Date.now() + 10_000): Promise<RawAnswer> {
    const identity = (bytes: Buffer): Buffer => bytes;
    const stream = this.#client.makeServerStreamRequest(
      path,
      identity,
      identity,
      Buffer.from(request),
      new Metadata(),
      { deadline },
    );
    const messages: Buffer[] = [];
    return new Promise((resolve) => {
      stream.on("data", (bytes: Buffer) => messages.push(bytes));
      stream.on("error", (_: ServiceError) => {}); // the status says it all
      stream.on("status", ({ code, details }: StatusObject) => resolve({ code, text: details, messages }));
    });
  }

  close(): void {
    this.#client.close();
  }
}
