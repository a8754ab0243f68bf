// SPDX-License-Identifier: Apache-2.0

import type { TargetConditions } from "@hostscope/proto";

/** Conditions on a grant; all that are set must hold. */
export interface Conditions extends TargetConditions {
  /** Whether calls that change something must say why. */
  readonly reason: boolean;
}

/** One permission that a role gives. */
export interface Grant {
  readonly permission: string;
  /** Null: whatever the call. */
  readonly conditions: Conditions | null;
  /** Where it stands, e.g. "policy.yaml:7". */
  readonly place: string;
}

/** A set of grants. */
export interface Role {
  readonly name: string;
  /** Those of the roles that it extends among them. */
  readonly grants: readonly Grant[];
}

/** Whom a binding means. */
export type Subject =
  | { readonly kind: "uid"; readonly uid: number }
  | { readonly kind: "gid"; readonly gid: number; readonly name: string | null }
  /** A user or group of Windows, by its security identifier. */
  | { readonly kind: "sid"; readonly sid: string }
  /** A SPIFFE id, or everything below one by whole path segments. */
  | { readonly kind: "spiffe"; readonly id: string; readonly below: boolean }
  /** A DNS name among a certificate's alternative names. */
  | { readonly kind: "dns"; readonly name: string }
  | { readonly kind: "token"; readonly name: string }
  | { readonly kind: "loopback" };

/** Gives roles to subjects. */
export interface Binding {
  readonly subjects: readonly Subject[];
  readonly roles: readonly string[];
  readonly place: string;
}

/** Who may do what. Whatever it does not grant is denied. Immutable: a reload makes another one. */
export interface Policy {
  /** Path of its file, or the name of the built-in one. */
  readonly name: string;
  readonly roles: ReadonlyMap<string, Role>;
  readonly bindings: readonly Binding[];
}
