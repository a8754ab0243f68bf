// SPDX-License-Identifier: Apache-2.0

import { type DescMethod, getOption, hasOption } from "@bufbuild/protobuf";
import { Cost, method as methodOption } from "../gen/hostscope/v1/options_pb.ts";

/** Cost class of a method, for quotas and overload shedding. */
export type MethodCost = "low" | "medium" | "high";

/** What the seam and the agent need to know of one RPC; all of it read from the schema. */
export interface MethodDescriptor {
  /** Service without its package, e.g. "System". */
  readonly service: string;
  /** RPC name, e.g. "CpuTimes". */
  readonly name: string;
  /** gRPC path, e.g. "/hostscope.v1.System/CpuTimes". */
  readonly path: string;
  /** Shape of the call. */
  readonly kind: "unary" | "server_streaming" | "bidi_streaming";
  /** Permission the caller needs. */
  readonly permission: string;
  /** True if it changes the host or a process on it. */
  readonly mutates: boolean;
  /** True if each call is audited. */
  readonly audit: boolean;
  /** What one call costs the host. */
  readonly cost: MethodCost;
}

const COSTS: ReadonlyMap<Cost, MethodCost> = new Map([
  [Cost.LOW, "low"],
  [Cost.MEDIUM, "medium"],
  [Cost.HIGH, "high"],
]);

/**
 * Reads what a method declares about itself.
 * Throws if the schema lacks its options: nobody may call or serve a method whose permission is unknown.
 */
export function describeMethod(desc: DescMethod): MethodDescriptor {
  const path = `/${desc.parent.typeName}/${desc.name}`;
  if (!hasOption(desc, methodOption)) {
    throw new Error(`${path} lacks the option (hostscope.v1.method): permission, mutates, audit and cost`);
  }
  const options = getOption(desc, methodOption);
  const cost = COSTS.get(options.cost);
  if (options.permission === "" || cost === undefined) {
    throw new Error(`${path} has an incomplete option (hostscope.v1.method): permission and cost are required`);
  }
  if (desc.methodKind === "client_streaming") {
    throw new Error(`${path} is client-streaming, which no hostscope transport carries`);
  }
  return {
    service: desc.parent.name,
    name: desc.name,
    path,
    kind: desc.methodKind,
    permission: options.permission,
    mutates: options.mutates,
    audit: options.audit,
    cost,
  };
}
