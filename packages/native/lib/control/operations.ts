// SPDX-License-Identifier: Apache-2.0

import { setTimeout as sleep } from "node:timers/promises";
import { type CallOptions, type MethodDescriptor, StatusCode, StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { within } from "./call-limit.ts";
import { failure } from "./failure.ts";
import { monotonicMs } from "./monotonic.ts";
import {
  fingerprint,
  type OperationRecord,
  type Outcome,
  operationName,
  outcomeToKeep,
  unknownOperation,
} from "./operation-record.ts";
import { KEPT_MS, type OperationStore } from "./operation-store.ts";
import type { Owners } from "./owner.ts";

/** Calls with one id, all waiting for the answer of the first. */
interface Running {
  readonly fingerprint: string;
  waiting: number;
  answer: Promise<Uint8Array>;
}

/** The right of a stream to be the only one with its id. */
export interface Claim {
  /** Tells how the stream ended; `begun` if it had done anything. Never fails. */
  release(begun: boolean, error: unknown): Promise<void>;
}

/** At most once: of all calls with one operation id one acts, and the others get its answer. */
export class Operations {
  readonly #store: OperationStore;
  readonly #owners: Owners;
  readonly #running = new Map<string, Running>();
  /** Outcomes that could not be written; this process still knows them. */
  readonly #unsaved = new Map<string, OperationRecord>();
  #closed = false;

  constructor(store: OperationStore, owners: Owners) {
    this.#store = store;
    this.#owners = owners;
  }

  /**
   * The answer of the first call with this id. `act` is called at most once, and goes on when its caller gives up: the
   * retry that follows a broken connection asks for its answer.
   */
  async run(
    operationId: string,
    method: MethodDescriptor,
    request: Uint8Array,
    options: CallOptions,
    act: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    if (this.#closed) throw closed();
    const id = operationName(operationId, options);
    const mark = fingerprint(method, request);
    let running = this.#running.get(id);
    if (running === undefined) {
      running = { fingerprint: mark, waiting: 0, answer: Promise.resolve(new Uint8Array()) };
      this.#running.set(id, running);
      running.answer = this.#answer(id, mark, running, act).finally(() => this.#running.delete(id));
      // Whoever waits hears of it; there may be nobody left.
      running.answer.catch(() => {});
    } else if (running.fingerprint !== mark) {
      throw conflict();
    }
    running.waiting++;
    try {
      return await within(nameOf(method), options, running.answer);
    } finally {
      running.waiting--;
    }
  }

  /** Claims an id for a stream, whose answer cannot be given twice: ALREADY_EXISTS for a second one. */
  async claim(
    operationId: string,
    method: MethodDescriptor,
    request: Uint8Array,
    options: CallOptions,
  ): Promise<Claim> {
    if (this.#closed) throw closed();
    const id = operationName(operationId, options);
    if (this.#running.has(id)) throw conflict();
    const record = await this.#intent(fingerprint(method, request));
    const earlier = this.#unsaved.get(id) ?? (await this.#store.claim(id, record));
    if (earlier !== null) {
      const unknown = earlier.fingerprint === record.fingerprint && (await this.#isUnknown(id, earlier));
      throw unknown ? unknownOperation("its agent was ended meanwhile") : conflict();
    }
    const release = async (begun: boolean, error: unknown) => {
      const refused = error instanceof StatusError && outcomeToKeep({ kind: "error", error }) === null;
      await this.#keep(id, record, begun || !refused ? { kind: "error", error: conflict() } : null);
    };
    return { release };
  }

  /** Calls that wait for another process's answer fail from now on; those that act are left to finish. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    const all = Promise.allSettled([...this.#running.values()].map(({ answer }) => answer));
    await Promise.race([all, sleep(graceMs, undefined, { ref: false })]);
  }

  async #answer(id: string, mark: string, running: Running, act: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const record = await this.#intent(mark);
    const earlier = this.#remembered(id) ?? (await this.#store.claim(id, record));
    if (earlier !== null) {
      const outcome = await this.#outcomeOf(id, mark, earlier);
      // Free again: the first call did nothing, so this one is the first.
      return outcome === null ? this.#answer(id, mark, running, act) : answerOf(outcome);
    }
    if (running.waiting === 0 || this.#closed) {
      await this.#keep(id, record, null);
      throw this.#closed ? closed() : failure(ErrorReason.CANCELLED, "given up before anything was done");
    }
    const outcome = await outcomeBy(act);
    await this.#keep(id, record, outcomeToKeep(outcome));
    return answerOf(outcome);
  }

  async #intent(mark: string): Promise<OperationRecord> {
    return { fingerprint: mark, owner: await this.#owners.own(), atMs: monotonicMs() };
  }

  /** What the first call ended with, once it has; null if its id is free again. */
  async #outcomeOf(id: string, mark: string, first: OperationRecord): Promise<Outcome | null> {
    let record = first;
    for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 250)) {
      if (record.fingerprint !== mark) throw conflict();
      if (record.outcome !== undefined) return record.outcome;
      if (await this.#isUnknown(id, record)) {
        return { kind: "error", error: unknownOperation("its agent was ended meanwhile") };
      }
      if (this.#closed) throw closed();
      await sleep(pauseMs);
      const next = await this.#store.read(id);
      if (next === null) return null;
      record = next;
    }
  }

  /** Whether the process that acted has ended without an answer. */
  async #isUnknown(id: string, record: OperationRecord): Promise<boolean> {
    if (record.outcome !== undefined || !(await this.#owners.hasEnded(record.owner))) return false;
    // It may have answered with its last breath, since the file was read.
    const last = await this.#store.read(id);
    return last !== null && last.outcome === undefined;
  }

  async #keep(id: string, record: OperationRecord, outcome: Outcome | null): Promise<void> {
    try {
      await (outcome === null ? this.#store.free(id) : this.#store.settle(id, record, outcome));
    } catch {
      // It was done all the same. The intent stays, so that no other process does it again.
      if (outcome !== null) this.#unsaved.set(id, { ...record, outcome });
    }
  }

  #remembered(id: string): OperationRecord | null {
    const record = this.#unsaved.get(id);
    if (record === undefined) return null;
    if (monotonicMs() - record.atMs <= KEPT_MS) return record;
    this.#unsaved.delete(id);
    return null;
  }
}

async function outcomeBy(act: () => Promise<Uint8Array>): Promise<Outcome> {
  try {
    return { kind: "response", bytes: await act() };
  } catch (error) {
    if (error instanceof StatusError) return { kind: "error", error };
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "error", error: new StatusError(StatusCode.UNKNOWN, message, null, { cause: error }) };
  }
}

function answerOf(outcome: Outcome): Uint8Array {
  if (outcome.kind === "error") throw outcome.error;
  return outcome.bytes;
}

function conflict(): StatusError {
  return failure(ErrorReason.OPERATION_CONFLICT, "this operation id was used before, for another call");
}

function closed(): StatusError {
  return failure(ErrorReason.UNAVAILABLE, "the collector is closed", { retryable: true });
}

function nameOf({ service, name }: MethodDescriptor): string {
  return `${service}.${name}`;
}
