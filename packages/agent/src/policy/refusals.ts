// SPDX-License-Identifier: Apache-2.0

import { type MethodDescriptor, StatusCode, type StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { agentError } from "../status.ts";
import type { Judgement } from "./judge.ts";

/** The answer to a call that the policy does not allow: what is missing, and nothing of what the call is about. */
export function permissionDenied(
  { service, name }: MethodDescriptor,
  { permission, unmet }: Extract<Judgement, { allowed: false }>,
): StatusError {
  const op = `${service}.${name}`;
  const why = unmet.length === 0 ? "which this caller does not have" : `and ${unmet.join("; ")}`;
  const facts = { op, permission };
  return agentError(
    StatusCode.PERMISSION_DENIED,
    ErrorReason.PERMISSION_DENIED,
    `${op} needs the permission ${permission}, ${why}`,
    facts,
  );
}

/** The end of a call whose caller's certificate or token has expired since. */
export function expired(): StatusError {
  return agentError(StatusCode.UNAUTHENTICATED, ErrorReason.UNSPECIFIED, "the caller's credentials have expired");
}

/** The end of a stream whose caller may see something else now: whoever begins it anew gets what that is. */
export function grantChanged({ service, name }: MethodDescriptor): StatusError {
  const text = `${service}.${name}: what this caller may see or do has changed; call again`;
  return agentError(StatusCode.UNAVAILABLE, ErrorReason.UNAVAILABLE, text);
}
