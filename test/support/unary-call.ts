// SPDX-License-Identifier: Apache-2.0

import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { describeMethod, StatusError, type Transport } from "@hostscope/proto";
import { type ErrorDetail, ErrorDetailSchema } from "@hostscope/proto/gen/error";
import { takeDown } from "./called.ts";

/** One unary call over the seam, in messages rather than bytes. */
export async function unaryCall<I extends DescMessage, O extends DescMessage>(
  transport: Transport,
  method: DescMethodUnary<I, O>,
  request?: MessageInitShape<I>,
  timeoutMs = 10_000,
): Promise<MessageShape<O>> {
  const bytes = toBinary(method.input, create(method.input, request));
  const described = describeMethod(method);
  const answer = fromBinary(method.output, await transport.unary(described, bytes, { timeoutMs }));
  takeDown(described.path.replace("/hostscope.v1.", "").replace("/", "."));
  return answer;
}

/** How a call failed: its status code and the detail that came with it. Throws if it did not fail, or otherwise. */
export async function failureOf(call: Promise<unknown>): Promise<{ code: number; detail: ErrorDetail }> {
  const error = await call.then(
    () => new Error("the call did not fail"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StatusError) || error.detail === null) throw error;
  return { code: error.code, detail: fromBinary(ErrorDetailSchema, error.detail) };
}
