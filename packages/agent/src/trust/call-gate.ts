// SPDX-License-Identifier: Apache-2.0

import type { Metadata, Responder, ServerInterceptingCallInterface, ServerInterceptor } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import type { Limits } from "../config/limits.ts";
import type { Connections } from "../listen/connections.ts";
import type { ListenCounts } from "../listen/listen-counts.ts";
import type { Logger } from "../log.ts";
import { tooMuchMetadata, withinLimits } from "../serve/metadata-limit.ts";
import { PassingCall } from "../serve/passing-call.ts";
import { resetStream } from "../serve/reset-stream.ts";
import { agentError, toServiceError } from "../serve/status.ts";
import type { Caller, CallerOf } from "./identity.ts";
import { QuotaError } from "./quota-error.ts";
import type { Quotas } from "./quotas.ts";

/** What the gate needs to know. */
export interface GateOptions {
  readonly callerOf: CallerOf;
  readonly connections: Connections;
  readonly quotas: Quotas;
  readonly limits: Limits;
  readonly counts: ListenCounts;
  readonly logger: Logger;
}

// For the status to leave; a reader that takes nothing would never get to it.
const RESET_MS = 1_000;

/**
 * The first thing every call meets, of whatever kind, health and reflection included: nobody calls with more metadata
 * than may be, nobody who is not known, and nobody more than their share. Judges calls in progress again when it is told
 * to.
 * A content type like "application/grpcjunk" cannot be refused here: grpc-js removes it before interceptors run.
 */
export class CallGate {
  readonly #options: GateOptions;
  readonly #open = new Set<CallAtGate>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Ends the calls in progress whose caller is not known any more. */
  rejudge(): void {
    for (const open of [...this.#open]) {
      try {
        this.#options.callerOf(open);
      } catch (error) {
        this.#options.counts.refuse("revoked");
        open.end(asStatus(error));
      }
    }
  }

  readonly interceptor: ServerInterceptor = ({ path }, call) => new CallAtGate(this, path, call).passing;

  /** Lets a call in; the function it gives tells that it is over. Throws if it may not come in. */
  admit(open: CallAtGate, metadata: Metadata): () => void {
    const { limits, quotas } = this.#options;
    if (!withinLimits(metadata, limits)) throw tooMuchMetadata(limits);
    const release = quotas.start(open.path, this.#judge(open.call, metadata, open.path).identity);
    this.#open.add(open);
    return () => {
      release();
      this.#open.delete(open);
    };
  }

  #judge(call: ServerInterceptingCallInterface, metadata: Metadata, path: string): Caller {
    const { callerOf, connections, counts, limits, logger } = this.#options;
    const connection = connections.of(call.getConnectionInfo().remoteAddress);
    if (connection !== null) connection.calls += 1;
    try {
      return callerOf({ call, metadata });
    } catch (error) {
      counts.refuse("unauthenticated");
      if (connection === null) throw error;
      connection.refused += 1;
      const { peer, refused } = connection;
      const why = error instanceof Error ? (error.cause ?? error.message) : String(error);
      // The first tells all: whoever guesses must not fill the log.
      if (refused === 1) logger.warn({ peer, method: path, why }, "a call was refused: its caller is not known");
      if (refused >= limits.refusedCalls) setTimeout(() => connection.socket.destroy(), RESET_MS).unref();
      throw error;
    }
  }
}

/** One call on its way through the gate. */
class CallAtGate {
  readonly path: string;
  readonly call: ServerInterceptingCallInterface;
  readonly passing: PassingCall;
  readonly #gate: CallGate;
  #metadata: Metadata | null = null;
  #ended = false;
  #over: (() => void) | null = null;

  constructor(gate: CallGate, path: string, call: ServerInterceptingCallInterface) {
    this.#gate = gate;
    this.path = path;
    this.call = call;
    const responder: Responder = {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, pass) => this.#onMetadata(metadata, pass),
          // Messages of a call that was refused may still be on their way.
          onReceiveMessage: (message, pass) => {
            if (!this.#ended) pass(message);
          },
          onCancel: () => {
            this.#over?.();
            this.#over = null;
          },
        }),
      // grpc-js would throw on a second status, where nobody could catch it.
      sendStatus: (status, next) => {
        if (this.#close()) next(status);
      },
    };
    this.passing = new PassingCall(call, responder, true);
  }

  /** What it came with; only of a call that was let in. */
  get metadata(): Metadata {
    if (this.#metadata === null) throw new TypeError(`${this.path} was not let in`);
    return this.#metadata;
  }

  /** Ends it with an error, unless it has ended. */
  end(error: StatusError): void {
    if (!this.#close()) return;
    this.call.sendStatus(withPushback(error));
    setTimeout(() => resetStream(this), RESET_MS).unref();
  }

  /** Nothing is sent any more but a status; false if there was one already. */
  #close(): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.passing.mute();
    return true;
  }

  #onMetadata(metadata: Metadata, pass: (metadata: Metadata) => void): void {
    try {
      this.#over = this.#gate.admit(this, metadata);
    } catch (error) {
      this.end(asStatus(error));
      return;
    }
    this.#metadata = metadata;
    pass(metadata);
  }
}

function withPushback(error: StatusError) {
  const status = toServiceError(error, () => {});
  if (error instanceof QuotaError && error.retryMs !== null) {
    status.metadata.set("grpc-retry-pushback-ms", String(error.retryMs));
  }
  return status;
}

function asStatus(error: unknown): StatusError {
  return error instanceof StatusError ? error : agentError(StatusCode.INTERNAL, ErrorReason.INTERNAL, "internal error");
}
