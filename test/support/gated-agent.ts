// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { Writable } from "node:stream";
import { Client, credentials, type ServiceError, type StatusObject } from "@grpc/grpc-js";
import {
  type Agent,
  type AuditLog,
  createAgent,
  createLogger,
  openTrust,
  type Policy,
  type Trust,
} from "@hostscope/agent";
import type { CallOptions, MethodDescriptor, Transport } from "@hostscope/proto";
import { bearer, writeTokens } from "./token-file.ts";

/** What a transport was asked, for tests that ask whether it was. */
export interface Asked {
  readonly method: MethodDescriptor;
  readonly request: Uint8Array;
  readonly options: CallOptions;
}

/** A call in progress. */
export interface Started {
  /** Resolves with the first message; null if the call ended before it. */
  readonly first: Promise<Buffer | null>;
  readonly status: Promise<StatusObject>;
  cancel(): void;
}

/** An agent in this process over a transport that only writes down what it is asked, with a token for each role. */
export class GatedAgent {
  readonly asked: Asked[] = [];
  readonly agent: Agent;
  readonly #client: Client;
  readonly #tokens: ReadonlyMap<string, string>;
  readonly #trust: Trust;

  private constructor(agent: Agent, tokens: ReadonlyMap<string, string>, trust: Trust, asked: Asked[]) {
    this.agent = agent;
    this.asked = asked;
    this.#tokens = tokens;
    this.#trust = trust;
    this.#client = new Client(`127.0.0.1:${agent.port}`, credentials.createInsecure(), { "grpc.enable_retries": 0 });
  }

  static async start(
    folder: string,
    roles: readonly string[],
    policy: Policy,
    audit: AuditLog | null = null,
  ): Promise<GatedAgent> {
    const asked: Asked[] = [];
    const path = join(folder, "tokens.json");
    const tokens = writeTokens(path, Object.fromEntries(roles.map((role) => [role, [role]])));
    const logger = createLogger("silent");
    const trust = openTrust({ tls: null, tokens: path }, logger);
    const transport = recording(asked);
    const listen = [{ host: "127.0.0.1", port: 0 }];
    const agent = await createAgent({
      transport,
      listen,
      trust,
      policy,
      audit,
      logger,
      limits: { costPerSecond: 1e6, costAtOnce: 1e6, watchesPerCaller: 200 },
    });
    return new GatedAgent(agent, tokens, trust, asked);
  }

  /** Calls any method as the holder of a role's token; "loopback" shows none. */
  call(role: string, method: MethodDescriptor, request: Uint8Array): Started {
    const identity = (bytes: Buffer): Buffer => bytes;
    const token = this.#tokens.get(role);
    const metadata = bearer(token ?? "");
    if (role === "loopback") metadata.remove("authorization");
    const stream =
      method.kind === "bidi_streaming"
        ? this.#client.makeBidiStreamRequest(method.path, identity, identity, metadata)
        : this.#client.makeServerStreamRequest(method.path, identity, identity, Buffer.from(request), metadata);
    if (stream instanceof Writable) stream.write(Buffer.from(request));
    const status = new Promise<StatusObject>((resolve) => stream.on("status", resolve));
    const first = new Promise<Buffer | null>((resolve) => {
      stream.once("data", resolve);
      status.then(() => resolve(null));
    });
    stream.on("data", () => {});
    stream.on("error", (_: ServiceError) => {}); // the status says it all
    return { first, status, cancel: () => stream.cancel() };
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.agent.close(0);
    this.#trust.reloader.close();
  }
}

/** Answers each call with one empty message; a stream goes on until it is ended. */
function recording(asked: Asked[]): Transport {
  async function* stream(method: MethodDescriptor, request: Uint8Array, options: CallOptions) {
    asked.push({ method, request, options });
    yield new Uint8Array();
    await new Promise<void>((resolve) => {
      if (options.signal?.aborted) resolve();
      options.signal?.addEventListener("abort", () => resolve());
    });
  }
  return {
    async unary(method, request, options) {
      asked.push({ method, request, options });
      return new Uint8Array();
    },
    serverStream: stream,
    async *bidiStream(method, requests, options) {
      for await (const request of requests) yield* stream(method, request, options);
    },
    async close() {},
  };
}
