// SPDX-License-Identifier: Apache-2.0

import type { Server } from "@grpc/grpc-js";
import type { CallRegistry } from "./call-registry.ts";
import { stoppingError } from "./call-scope.ts";
import type { Health } from "./health.ts";
import type { Listener } from "./listener.ts";

/** What a drain stops. */
export interface Drained {
  readonly listener: Listener;
  readonly server: Server;
  readonly calls: CallRegistry;
  readonly health: Health;
}

// Time for last statuses to leave the socket, and for sockets to close after that.
const FLUSH_MS = 100;
const CLOSE_MS = 1_000;

/** Makes the close function of an agent; what it promises is told at Agent.close. */
export function drain({ listener, server, calls, health }: Drained): (graceMs: number) => Promise<void> {
  let closing: Promise<void> | null = null;
  let endGrace = () => {};

  const close = async (): Promise<void> => {
    const graceOver = new Promise<void>((resolve) => {
      endGrace = resolve;
    });
    health.setServing(false);
    calls.startDraining();
    listener.stop();
    // A watch ends only when its reader ends it: waiting would always take the whole grace.
    calls.stop(stoppingError(), (call) => call.endless);
    await Promise.race([calls.idle(), graceOver]);
    calls.stop(stoppingError(), () => true);
    // Only now, and not at once: since Node 24 a session that closes takes its last call's status from a grpc-js client
    // that has not read it yet, and the call ends as "Connection dropped".
    await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
    const shutDown = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    await within(shutDown, FLUSH_MS);
    listener.destroy();
    await within(shutDown, CLOSE_MS);
  };

  return (graceMs) => {
    closing ??= close();
    if (graceMs <= 0) endGrace();
    else {
      const timer = setTimeout(() => endGrace(), graceMs);
      closing.then(() => clearTimeout(timer));
    }
    return closing;
  };
}

/** Resolves when `promise` does, after `ms` at the latest. */
function within(promise: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    promise.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
