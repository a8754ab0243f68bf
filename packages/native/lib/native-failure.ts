// SPDX-License-Identifier: Apache-2.0

import { type StatusCode, StatusError } from "@hostscope/proto";
import type { NativeFailure } from "./addon.ts";

/** The answer, or its failure thrown as a StatusError. */
export function answerOf<T>(answer: T | NativeFailure): T {
  if (!isFailure(answer)) return answer;
  throw new StatusError(answer.code as StatusCode, answer.message, answer.detail);
}

function isFailure(answer: unknown): answer is NativeFailure {
  return typeof answer === "object" && answer !== null && "detail" in answer && "code" in answer;
}
