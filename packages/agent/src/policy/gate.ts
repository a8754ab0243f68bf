// SPDX-License-Identifier: Apache-2.0

import { type Metadata, ServerInterceptingCall, type ServerInterceptor } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import type { AuditLog } from "../audit/audit-log.ts";
import type { Logger } from "../log.ts";
import { PassingCall } from "../serve/passing-call.ts";
import type { CallAtHand, Caller, CallerOf } from "../trust/identity.ts";
import type { Admission } from "./admission.ts";
import { type Entitlement, entitle } from "./entitlement.ts";
import { GatedCall } from "./gated-call.ts";
import { foreignMethod, type GuardedMethod } from "./guarded-method.ts";
import { judge, NO_FACTS } from "./judge.ts";
import type { Policy } from "./policy.ts";
import { expired, grantChanged, permissionDenied } from "./refusals.ts";

/** What a gate works with. */
export interface PolicyGateOptions {
  readonly policy: Policy;
  readonly callerOf: CallerOf;
  /** Null: nothing is audited. */
  readonly audit: AuditLog | null;
  readonly logger: Logger;
  /** The agent's own methods, by path. */
  readonly methods: ReadonlyMap<string, GuardedMethod>;
  /** Told of each call that was refused here, before any handler. */
  readonly onRefused: (method: GuardedMethod, code: number) => void;
}

type Admitted = Metadata & { [key: symbol]: Admission | undefined };

/** A call in progress, as rejudge sees it. */
export interface OpenCall {
  readonly guarded: GuardedMethod;
  readonly admission: Admission;
  readonly atHand: CallAtHand;
}

/**
 * The one place where calls are let in: for every method that is served, of whatever kind, before its handler runs. What
 * is not known is denied. A call that was let in stays only as long as it would be let in anew.
 */
export class PolicyGate {
  readonly #options: PolicyGateOptions;
  readonly #open = new Set<OpenCall>();
  // Nobody else can name it. On the metadata itself: a weak map with an entry for each call is dear to collect.
  readonly #admission = Symbol("admission");
  // By identity: one for each connection, as a rule.
  #entitlements = new WeakMap<object, Entitlement>();
  #policy: Policy;

  constructor(options: PolicyGateOptions) {
    this.#options = options;
    this.#policy = options.policy;
  }

  get policy(): Policy {
    return this.#policy;
  }

  get audit(): AuditLog | null {
    return this.#options.audit;
  }

  /** For the server, before every interceptor that trusts its caller. */
  get interceptor(): ServerInterceptor {
    return ({ path }, call) => {
      const guarded = this.#options.methods.get(path) ?? foreignMethod(path);
      const gated = new GatedCall(this, guarded, path, call);
      const { responder } = gated;
      return responder.sendMessage ? new ServerInterceptingCall(call, responder) : new PassingCall(call, responder);
    };
  }

  /** What let a call in, by the metadata that its handler got; undefined if nothing did. */
  admissionOf(metadata: Metadata): Admission | undefined {
    return (metadata as Admitted)[this.#admission];
  }

  /** Takes another policy, which holds for calls in progress, too. */
  setPolicy(policy: Policy): void {
    this.#policy = policy;
    this.#entitlements = new WeakMap();
    this.#options.audit?.event("policy", { policy: policy.name });
    this.rejudge();
  }

  /** Ends the calls in progress that would not be let in now: after certificates, tokens or the policy have changed. */
  rejudge(): void {
    for (const open of [...this.#open]) {
      const wrong = this.#rejudged(open);
      if (wrong === null) continue;
      const { guarded, admission } = open;
      this.#options.audit?.denied(admission.caller, nameOf(guarded), wrong.code, { inProgress: true });
      admission.revoke(wrong);
    }
  }

  /** Tells who makes a call, or throws UNAUTHENTICATED. */
  callerOf(atHand: CallAtHand): Caller {
    const caller = this.#options.callerOf(atHand);
    if (hasExpired(caller)) throw expired();
    return caller;
  }

  entitlementOf({ identity }: Caller): Entitlement {
    const known = this.#entitlements.get(identity);
    if (known !== undefined) return known;
    const entitlement = entitle(this.#policy, identity);
    this.#entitlements.set(identity, entitlement);
    return entitlement;
  }

  /** Lets a call in: its handler finds the admission by the metadata. */
  admit(metadata: Metadata, open: OpenCall): void {
    (metadata as Admitted)[this.#admission] = open.admission;
    this.#open.add(open);
  }

  /** A call is over. */
  forget(open: OpenCall): void {
    this.#open.delete(open);
  }

  /** Writes down and counts that a call is refused; gives the error to answer it with. */
  refuse(caller: Caller | null, guarded: GuardedMethod | null, path: string, error: unknown): StatusError {
    const known = error instanceof StatusError ? error : unauthenticated();
    if (known !== error) this.#options.logger.error({ err: error }, "the caller could not be told");
    const method = guarded === null ? path : nameOf(guarded);
    const facts = guarded === null ? {} : { permission: guarded.method.permission, policy: this.#policy.name };
    this.#options.audit?.denied(caller, method, known.code, facts);
    if (guarded?.desc) this.#options.onRefused(guarded, known.code);
    return known;
  }

  #rejudged({ guarded, admission, atHand }: OpenCall): StatusError | null {
    const { method } = guarded;
    try {
      admission.caller = this.callerOf(atHand);
    } catch (error) {
      return error instanceof StatusError ? error : unauthenticated();
    }
    const judgement = judge(this.entitlementOf(admission.caller), method, admission.facts ?? NO_FACTS);
    // Conditions on a request that was not read yet are judged when it is.
    if (!judgement.allowed) {
      const unread = guarded.conditional && admission.facts === null && judgement.unmet.length > 0;
      return unread ? null : permissionDenied(method, judgement);
    }
    if (method.kind === "unary" || (guarded.conditional && admission.facts === null)) return null;
    const same = JSON.stringify(judgement.grant) === JSON.stringify(admission.grant);
    return same ? null : grantChanged(method);
  }
}

function nameOf({ method: { service, name } }: GuardedMethod): string {
  return `${service}.${name}`;
}

function hasExpired({ identity }: Caller): boolean {
  return "expiresAt" in identity && identity.expiresAt !== null && identity.expiresAt.getTime() <= Date.now();
}

function unauthenticated(): StatusError {
  return new StatusError(StatusCode.UNAUTHENTICATED, "the caller could not be told");
}
