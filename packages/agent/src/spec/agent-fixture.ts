// SPDX-License-Identifier: Apache-2.0

import { Client, credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import { pino } from "pino";
import type { Limits } from "../config/limits.ts";
import { type Agent, createAgent } from "../serve/server.ts";
import { type FakeBehaviour, fakeTransport } from "./fake-transport.ts";

/** Paths of one method of each kind; the fake transport does not care what they mean. */
export const UNARY = "/hostscope.v1.System/BootTime";
export const STREAM = "/hostscope.v1.Process/List";
export const WATCH = "/hostscope.v1.Process/Watch";
export const BIDI = "/hostscope.v1.Process/Popen";

/** An agent on a free port over a fake transport, with a client of it. */
export interface Fixture extends AsyncDisposable {
  readonly agent: Agent;
  readonly client: Client;
  /** Parsed log lines so far. */
  readonly log: Record<string, unknown>[];
}

/** Starts one; `await using` stops it. */
export async function startFixture(behaviour: FakeBehaviour, limits: Partial<Limits> = {}): Promise<Fixture> {
  const log: Record<string, unknown>[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => log.push(JSON.parse(line)) });
  const transport = fakeTransport(behaviour);
  const agent = await createAgent({ transport, listen: [{ host: "127.0.0.1", port: 0 }], logger, limits });
  const client = newClient(agent);
  return {
    agent,
    client,
    log,
    async [Symbol.asyncDispose]() {
      client.close();
      await agent.close(0);
    },
  };
}

/** A client with a connection of its own. */
export function newClient(agent: Agent, options: Record<string, number> = {}): Client {
  return new Client(`127.0.0.1:${agent.port}`, credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_retries": 0,
    ...options,
  });
}

/** Bytes unchanged, as serializer and deserializer. */
export const identity = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

/** Outcome of a unary call. */
export interface Outcome {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata | null;
  readonly response: Uint8Array | null;
}

/** Calls a unary method and never rejects. */
export function callUnary(
  client: Client,
  path: string,
  request: Uint8Array,
  options: { deadline?: number; metadata?: Metadata } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const callOptions = options.deadline === undefined ? {} : { deadline: options.deadline };
    const done = (error: ServiceError | null, response?: Uint8Array) =>
      resolve({
        code: error?.code ?? 0,
        details: error?.details ?? "",
        metadata: error?.metadata ?? null,
        response: response ?? null,
      });
    if (options.metadata === undefined) client.makeUnaryRequest(path, identity, identity, request, callOptions, done);
    else client.makeUnaryRequest(path, identity, identity, request, options.metadata, callOptions, done);
  });
}

/** Resolves when `condition` holds; rejects after `ms`. */
export async function eventually(condition: () => boolean, ms = 3_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`still not so after ${ms} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
