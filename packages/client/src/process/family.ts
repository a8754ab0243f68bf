// SPDX-License-Identifier: Apache-2.0

import { ChildrenRequestSchema, ParentRequestSchema, ParentsRequestSchema } from "@hostscope/proto/gen/process_read";
import type { CallOptions } from "../call-options.ts";
import type { ProcessRef } from "../gen/hostscope/v1/common_plain.ts";
import {
  decodeChildrenResponse,
  decodeParentResponse,
  decodeParentsResponse,
} from "../gen/hostscope/v1/process_read_plain.ts";
import { METHODS } from "../methods.ts";
import { encode } from "../wire/encode.ts";
import type { ProcessReads } from "./reads.ts";
import { wireRef } from "./ref.ts";

/** One Process.Parent. */
export async function readParent(
  { connection, ref, subject }: ProcessReads,
  options: CallOptions | undefined,
): Promise<ProcessRef | null> {
  const request = encode(ParentRequestSchema, { ref: wireRef(ref) });
  const { parent } = await connection.unary({
    method: METHODS.parent,
    request,
    decode: decodeParentResponse,
    options,
    subject,
  });
  return parent;
}

/** One Process.Parents. */
export async function readParents(
  { connection, ref, subject }: ProcessReads,
  options: CallOptions | undefined,
): Promise<ProcessRef[]> {
  const request = encode(ParentsRequestSchema, { ref: wireRef(ref) });
  const { parents } = await connection.unary({
    method: METHODS.parents,
    request,
    decode: decodeParentsResponse,
    options,
    subject,
  });
  return parents;
}

/** One Process.Children. */
export async function readChildren(
  { connection, ref, subject }: ProcessReads,
  recursive: boolean,
  options: CallOptions | undefined,
): Promise<ProcessRef[]> {
  const request = encode(ChildrenRequestSchema, { ref: wireRef(ref), recursive });
  const { children } = await connection.unary({
    method: METHODS.children,
    request,
    decode: decodeChildrenResponse,
    options,
    subject,
  });
  return children;
}
