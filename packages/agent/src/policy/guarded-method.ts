// SPDX-License-Identifier: Apache-2.0

import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { describeMethod, type MethodDescriptor } from "@hostscope/proto";
import { HEALTH, REFLECTION, SIGNAL } from "./permissions.ts";

/** What the gate knows of a method of the agent. */
export interface GuardedMethod {
  readonly method: MethodDescriptor;
  /** Null for a method of another schema, whose messages are not looked at. */
  readonly desc: DescMethod | null;
  /** Whether conditions may ask for its request. */
  readonly conditional: boolean;
}

// Those of the standard services that an agent serves beside its own.
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["grpc.health.v1.Health", HEALTH],
  ["grpc.reflection.v1.ServerReflection", REFLECTION],
  ["grpc.reflection.v1alpha.ServerReflection", REFLECTION],
]);

/** Every method of these services, by path. Throws if the schema does not say what permission one needs. */
export function guardedMethods(services: readonly DescService[]): ReadonlyMap<string, GuardedMethod> {
  const methods = services
    .flatMap((service) => service.methods)
    .map((desc): [string, GuardedMethod] => {
      const method = describeMethod(desc);
      const conditional = method.mutates || method.audit || method.permission === SIGNAL;
      return [method.path, { method, desc, conditional }];
    });
  return new Map(methods);
}

/** A method of one of the standard services; null if it belongs to none, and so may not be called. */
export function foreignMethod(path: string): GuardedMethod | null {
  const [, service = "", name = ""] = path.split("/");
  const permission = FOREIGN.get(service);
  if (permission === undefined) return null;
  const method: MethodDescriptor = {
    service,
    name,
    path,
    kind: "bidi_streaming",
    permission,
    mutates: false,
    audit: false,
    cost: "low",
  };
  return { method, desc: null, conditional: false };
}
