// SPDX-License-Identifier: Apache-2.0

import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { Client, credentials, Metadata, type ServiceError, type StatusObject } from "@grpc/grpc-js";
import { describeMethod } from "@hostscope/proto";
import { type ErrorDetail, ErrorDetailSchema, StatusDetailsSchema } from "@hostscope/proto/gen/error";
import { bearer } from "./token-file.ts";

/** What came of a call. */
export interface TokenAnswer<O extends DescMessage> {
  readonly code: number;
  readonly text: string;
  readonly detail: ErrorDetail | null;
  readonly messages: readonly MessageShape<O>[];
}

/** Calls an agent with tokens, in messages of the schema and without the SDK. */
export class TokenClient {
  readonly #client: Client;
  readonly #tokens: ReadonlyMap<string, string>;

  constructor(agent: { host: string; port: number }, tokens: ReadonlyMap<string, string>) {
    this.#client = new Client(`${agent.host}:${agent.port}`, credentials.createInsecure(), {
      "grpc.enable_retries": 0,
    });
    this.#tokens = tokens;
  }

  /** Never rejects. `who`: name of a token; one that there is not shows none. `enough` messages end an endless call. */
  call<I extends DescMessage, O extends DescMessage>(
    who: string,
    method: DescMethod & { readonly input: I; readonly output: O },
    init: MessageInitShape<I>,
    { enough = Number.POSITIVE_INFINITY, onMessage = () => {} }: { enough?: number; onMessage?: () => void } = {},
  ): Promise<TokenAnswer<O>> {
    const identity = (bytes: Buffer): Buffer => bytes;
    const request = Buffer.from(toBinary(method.input, create(method.input, init)));
    const token = this.#tokens.get(who);
    const metadata = token === undefined ? new Metadata() : bearer(token);
    const { path } = describeMethod(method);
    const deadline = Date.now() + 30_000;
    const stream = this.#client.makeServerStreamRequest(path, identity, identity, request, metadata, { deadline });
    const messages: MessageShape<O>[] = [];
    return new Promise((resolve) => {
      stream.on("data", (bytes: Buffer) => {
        messages.push(fromBinary(method.output, bytes));
        onMessage();
        if (messages.length >= enough) stream.cancel();
      });
      stream.on("error", (_: ServiceError) => {}); // the status says it all
      stream.on("status", ({ code, details, metadata: trailers }: StatusObject) => {
        const [trailer] = trailers.get("grpc-status-details-bin");
        const value = trailer === undefined ? undefined : fromBinary(StatusDetailsSchema, trailer as Buffer).details[0];
        const detail = value === undefined ? null : fromBinary(ErrorDetailSchema, value.value);
        resolve({ code, text: details, detail, messages });
      });
    });
  }

  close(): void {
    this.#client.close();
  }
}
