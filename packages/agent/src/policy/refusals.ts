// SPDX-License-Identifier: Apache-2.0

import { type MethodDescriptor, StatusCode, type StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { agentError } from "../serve/status.ts";
import type { Judgement } from "./judge.ts";

/** The answer to a call that the policy does not allow: what is missing, and nothing of what the call is about. */
export function permissionDenied(
  { service, name }: MethodDescriptor,
  { permission, unmet }: Extract<Judgement, { allowed: false }>,
): StatusError {
  const op = `${service}.${name}`;
  const text =
    unmet.length === 0
      ? `this caller lacks the permission ${permission}`
      : `the conditions of the permission ${permission} are not met: ${unmet.join("; ")}`;
  const facts = { op, permission };
  return agentError(StatusCode.PERMISSION_DENIED, ErrorReason.PERMISSION_DENIED, `${op}: ${text}`, facts);
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
