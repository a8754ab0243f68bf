// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from "node:crypto";
import { type MethodDescriptor, StatusCode } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import type { Logger } from "../log.ts";
import type { CallRequest } from "../policy/call-request.ts";
import { safeText } from "../safe-text.ts";
import { agentError, codeName } from "../serve/status.ts";
import type { Caller } from "../trust/identity.ts";
import { AuditFile } from "./audit-file.ts";
import { AuditQueue } from "./audit-queue.ts";
import { DenialLimit } from "./denial-limit.ts";
import { callerFields, identityName } from "./identity-fields.ts";
import type { CallOutcome } from "./outcome.ts";
import { refFields } from "./ref-fields.ts";

/** What allowed a call, as records tell it. */
export interface Decision {
  readonly permission: string;
  /** Names of the roles whose grants admit it. */
  readonly roles: readonly string[];
  /** Name of the policy. */
  readonly policy: string;
}

/** A call whose intent is written down. */
export interface AuditedCall {
  /** Ties its records together. */
  readonly id: string;
  readonly started: number;
}

/**
 * Who changed what, on whose decision. What is to be done is on the disk before it is done; what became of it follows.
 * Nothing in it is secret: no environments, no arguments.
 */
export class AuditLog {
  readonly #queue: AuditQueue;
  readonly #denials = new DenialLimit();

  private constructor(queue: AuditQueue) {
    this.#queue = queue;
  }

  /** Opens a file for appending, made if there is none. Throws if nothing can be written to it. */
  static async open(path: string, logger: Logger): Promise<AuditLog> {
    const queue = new AuditQueue(new AuditFile(path), (err) => {
      if (err === null) logger.warn({ path }, "the audit log can be written again");
      else logger.error({ path, err }, "the audit log cannot be written: calls that change something are refused");
    });
    await queue.write({ phase: "start", time: now(), agent: process.pid });
    return new AuditLog(queue);
  }

  /** Whether the last record could be written. */
  get healthy(): boolean {
    return this.#queue.failure === null;
  }

  /**
   * Writes down what a call is about to do. Throws FAILED_PRECONDITION if that cannot be done, and then the call must not
   * be made: the host can be reached and the request is right, but blind retries are of no use.
   */
  async intent(
    caller: Caller,
    method: MethodDescriptor,
    request: CallRequest,
    decision: Decision,
  ): Promise<AuditedCall> {
    const id = randomUUID();
    const started = performance.now();
    try {
      await this.#queue.write({
        phase: "intent",
        time: now(),
        id,
        caller: callerFields(caller),
        method: nameOf(method),
        decision: "allowed",
        ...decision,
        target: refFields(request.ref),
        parameters: request.parameters,
        reason: request.facts.reason === null ? null : safeText(request.facts.reason, 256),
        operation: request.operationId === null ? null : safeText(request.operationId, 128),
      });
    } catch {
      // The record may have reached the disk all the same.
      this.#queue.note({ phase: "result", time: now(), id, code: "FAILED_PRECONDITION", done: false });
      const op = nameOf(method);
      const text = `${op}: the audit log cannot be written, so nothing was done; reads go on`;
      throw agentError(StatusCode.FAILED_PRECONDITION, ErrorReason.AUDIT_UNAVAILABLE, text, { op });
    }
    return { id, started };
  }

  /** Writes down what became of it. */
  result({ id, started }: AuditedCall, code: number, outcome: CallOutcome | null): void {
    const ms = Math.round((performance.now() - started) * 1000) / 1000;
    this.#queue.note({ phase: "result", time: now(), id, code: codeName(code), ms, ...outcome });
  }

  /** Writes down that a call was refused: some of many by one caller. `why` is null if nobody knows who called. */
  denied(caller: Caller | null, method: string, code: number, facts: Readonly<Record<string, unknown>>): void {
    const suppressed = this.#denials.take(caller === null ? "" : identityName(caller.identity), performance.now());
    if (suppressed === null) return;
    const who = caller === null ? null : callerFields(caller);
    this.#queue.note({
      phase: "denied",
      time: now(),
      caller: who,
      method,
      decision: "denied",
      code: codeName(code),
      ...facts,
      suppressed,
    });
  }

  /** Writes down something else that matters, such as that the policy changed. */
  event(event: string, facts: Readonly<Record<string, unknown>> = {}): void {
    this.#queue.note({ phase: "event", time: now(), event, ...facts });
  }

  async close(): Promise<void> {
    this.#queue.note({ phase: "stop", time: now(), agent: process.pid });
    await this.#queue.close();
  }
}

function nameOf({ service, name }: MethodDescriptor): string {
  return `${service}.${name}`;
}

function now(): string {
  return new Date().toISOString();
}
