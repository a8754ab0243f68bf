// SPDX-License-Identifier: Apache-2.0

import type { Metadata, Responder, ServerInterceptingCallInterface } from "@grpc/grpc-js";
import { StatusCode, type StatusError } from "@hostscope/proto";
import type { AuditedCall } from "../audit/audit-log.ts";
import { type CallOutcome, readOutcome } from "../audit/outcome.ts";
import { toServiceError } from "../serve/status.ts";
import type { Caller } from "../trust/identity.ts";
import { Admission } from "./admission.ts";
import { type CallRequest, readCallRequest } from "./call-request.ts";
import type { OpenCall, PolicyGate } from "./gate.ts";
import type { GuardedMethod } from "./guarded-method.ts";
import { judge, NO_FACTS } from "./judge.ts";
import { permissionDenied } from "./refusals.ts";

/**
 * One call on its way through the gate. By its metadata it is judged whether its caller may use the method at all, before
 * a byte of the request is read; by the request, once and as the handler gets it, whether conditions hold. Its intent is
 * on the disk before the handler sees the request.
 */
export class GatedCall {
  readonly responder: Responder;
  readonly #gate: PolicyGate;
  readonly #guarded: GuardedMethod | null;
  readonly #path: string;
  readonly #call: ServerInterceptingCallInterface;
  #open: OpenCall | null = null;
  #judged = false;
  #audited: AuditedCall | null = null;
  #outcome: CallOutcome | null = null;
  #over = false;

  constructor(gate: PolicyGate, guarded: GuardedMethod | null, path: string, call: ServerInterceptingCallInterface) {
    this.#gate = gate;
    this.#guarded = guarded;
    this.#path = path;
    this.#call = call;
    const audits = guarded !== null && gate.audit !== null && guarded.method.audit;
    this.responder = {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, pass) => this.#onMetadata(metadata, pass),
          ...(guarded?.conditional === true
            ? { onReceiveMessage: (message, pass) => this.#onMessage(message, pass) }
            : {}),
          onCancel: () => this.#onOver(StatusCode.CANCELLED),
        }),
      ...(audits ? { sendMessage: (message, next) => this.#onAnswer(message, next) } : {}),
      sendStatus: (status, next) => {
        this.#onOver(status.code ?? StatusCode.UNKNOWN);
        next(status);
      },
    };
  }

  #onMetadata(metadata: Metadata, pass: (metadata: Metadata) => void): void {
    const atHand = { call: this.#call, metadata };
    let caller: Caller | null = null;
    try {
      caller = this.#gate.callerOf(atHand);
      const admission = this.#judgeMethod(caller);
      if (this.#guarded !== null) {
        this.#open = { guarded: this.#guarded, admission, atHand };
        this.#gate.admit(metadata, this.#open);
      }
    } catch (error) {
      this.#refuse(this.#gate.refuse(caller, this.#guarded, this.#path, error));
      return;
    }
    pass(metadata);
  }

  /** Whether the caller may use the method, whatever it asks. */
  #judgeMethod(caller: Caller): Admission {
    const entitlement = this.#gate.entitlementOf(caller);
    const method = this.#guarded?.method;
    if (method === undefined) throw permissionDenied(unknownMethod(this.#path), UNKNOWN);
    const admission = new Admission(caller, (error) => this.#refuse(error));
    if (this.#guarded?.conditional === true) {
      if (!entitlement.grants.has(method.permission)) {
        throw permissionDenied(method, { allowed: false, permission: method.permission, unmet: [] });
      }
      return admission;
    }
    const judgement = judge(entitlement, method, NO_FACTS);
    if (!judgement.allowed) throw permissionDenied(method, judgement);
    admission.grant = judgement.grant;
    return admission;
  }

  #onMessage(message: unknown, pass: (message: unknown) => void): void {
    // The messages after the first of a stream carry no decision.
    if (this.#judged) {
      pass(message);
      return;
    }
    if (this.#over || this.#open === null || !(message instanceof Uint8Array)) return;
    this.#judged = true;
    this.#admitRequest(this.#open, message).then(
      (request) => {
        // It may have been refused meanwhile: what is not passed on is not done.
        if (!this.#over) pass(request.bytes);
      },
      (error) => this.#refuse(error),
    );
  }

  /** Judges a request, and writes down what it is about to do. */
  async #admitRequest(open: OpenCall, bytes: Uint8Array): Promise<CallRequest> {
    const { guarded, admission } = open;
    const { method, desc } = guarded;
    if (desc === null) throw new TypeError(`${method.path} is not of our schema`);
    const refuse = (error: unknown) => this.#gate.refuse(admission.caller, guarded, this.#path, error);
    let request: CallRequest;
    try {
      request = readCallRequest(method, desc.input, bytes);
    } catch (error) {
      throw refuse(error);
    }
    const judgement = judge(this.#gate.entitlementOf(admission.caller), method, request.facts);
    if (!judgement.allowed) throw refuse(permissionDenied(method, judgement));
    admission.facts = request.facts;
    admission.grant = judgement.grant;
    if (this.#gate.audit === null || !method.audit) return request;
    const roles = [...new Set(judgement.grants.map(({ role }) => role))];
    const decision = { permission: method.permission, roles, policy: this.#gate.policy.name };
    const audited = await this.#gate.audit.intent(admission.caller, method, request, decision);
    // Its caller may have gone while the disk was busy; the handler will not see it then.
    if (this.#over) this.#gate.audit.result(audited, StatusCode.CANCELLED, null);
    else this.#audited = audited;
    return request;
  }

  #onAnswer(message: unknown, next: (message: unknown) => void): void {
    if (this.#outcome === null && this.#guarded?.desc) this.#outcome = readOutcome(this.#guarded.desc.output, message);
    next(message);
  }

  #onOver(code: number): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#open !== null) this.#gate.forget(this.#open);
    if (this.#audited !== null) this.#gate.audit?.result(this.#audited, code, this.#outcome);
  }

  #refuse(error: StatusError): void {
    if (this.#over) return;
    const { code, details, metadata } = toServiceError(error, () => {});
    this.#onOver(code);
    this.#call.sendStatus({ code, details, metadata });
  }
}

const UNKNOWN = { allowed: false, permission: "of no policy", unmet: [] } as const;

function unknownMethod(path: string) {
  const [, service = "", name = ""] = path.split("/");
  return { service, name, path, kind: "unary", permission: "", mutates: false, audit: false, cost: "low" } as const;
}
