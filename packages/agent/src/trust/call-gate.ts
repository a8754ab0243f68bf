// SPDX-License-Identifier: Apache-2.0

import {
  type Metadata,
  ResponderBuilder,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  ServerListenerBuilder,
} from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import type { Connections } from "../listen/connections.ts";
import type { ListenCounts } from "../listen/listen-counts.ts";
import type { Logger } from "../log.ts";
import { PassingCall } from "../passing-call.ts";
import { resetStream } from "../reset-stream.ts";
import { agentError, toServiceError } from "../status.ts";
import type { Caller, CallerOf } from "./identity.ts";
import { QuotaError } from "./quota-error.ts";
import type { Quotas } from "./quotas.ts";

/** What the gate needs to know. */
export interface GateOptions {
  readonly callerOf: CallerOf;
  readonly connections: Connections;
  readonly quotas: Quotas;
  readonly refusedCalls: number;
  readonly counts: ListenCounts;
  readonly logger: Logger;
}

interface OpenCall {
  readonly call: ServerInterceptingCallInterface;
  readonly metadata: Metadata;
  end(error: StatusError): void;
}

// For the status to leave; a reader that takes nothing would never get to it.
const RESET_MS = 1_000;

/**
 * The first thing every call meets, of whatever kind: nobody calls who is not known, and nobody more than their share.
 * Judges calls in progress again when it is told to.
 */
export class CallGate {
  readonly #options: GateOptions;
  readonly #open = new Set<OpenCall>();

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

  readonly interceptor: ServerInterceptor = ({ path }, call) => {
    let ended = false;
    let open: OpenCall | null = null;
    let release = () => {};
    const over = () => {
      release();
      release = () => {};
      if (open !== null) this.#open.delete(open);
    };
    const close = () => {
      ended = true;
      passing.mute();
    };
    const end = (error: StatusError) => {
      if (ended) return;
      close();
      call.sendStatus(withPushback(error));
      setTimeout(() => resetStream({ call }), RESET_MS).unref();
    };
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, pass) => {
        try {
          const caller = this.#judge(call, metadata, path);
          release = this.#options.quotas.start(path, caller.identity);
        } catch (error) {
          end(asStatus(error));
          return;
        }
        open = { call, metadata, end };
        this.#open.add(open);
        pass(metadata);
      })
      // Messages of a call that was refused may still be on their way.
      .withOnReceiveMessage((message, pass) => {
        if (!ended) pass(message);
      })
      .withOnCancel(over)
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      // grpc-js would throw on a second status, where nobody could catch it.
      .withSendStatus((status, next) => {
        if (ended) return;
        close();
        next(status);
      })
      .build();
    const passing = new PassingCall(call, responder);
    return passing;
  };

  #judge(call: ServerInterceptingCallInterface, metadata: Metadata, path: string): Caller {
    const { callerOf, connections, counts, logger, refusedCalls } = this.#options;
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
      if (refused >= refusedCalls) setTimeout(() => connection.socket.destroy(), RESET_MS).unref();
      throw error;
    }
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
