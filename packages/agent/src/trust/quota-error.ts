// SPDX-License-Identifier: Apache-2.0

import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { agentError } from "../serve/status.ts";

/** A refusal for want of a share. */
export class QuotaError extends StatusError {
  /** Milliseconds until there will be one again; null if nobody can tell. */
  readonly retryMs: number | null;

  constructor(message: string, retryMs: number | null) {
    const { detail } = agentError(StatusCode.RESOURCE_EXHAUSTED, ErrorReason.OVERLOADED, message);
    super(StatusCode.RESOURCE_EXHAUSTED, message, detail);
    this.retryMs = retryMs;
  }
}
