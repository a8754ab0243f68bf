// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason, StatusDetailsSchema } from "@hostscope/proto/gen/error";
import { expect } from "chai";
import { agentError, DETAILS_TRAILER, toServiceError } from "./status.ts";

const unreported = (error: unknown) => {
  throw new Error(`reported as a defect: ${error}`);
};

describe("status", () => {
  it("carries code, safe text and detail", () => {
    const detail = toBinary(
      ErrorDetailSchema,
      create(ErrorDetailSchema, { reason: ErrorReason.PID_REUSED, op: "Process.Get", target: "pid 7", pid: 7n }),
    );
    const status = toServiceError(new StatusError(StatusCode.NOT_FOUND, "gone\n", detail), unreported);
    expect(status).to.include({ code: 5, details: "gone\\u000a" });
    const bytes = status.metadata.get(DETAILS_TRAILER)[0];
    const decoded = fromBinary(StatusDetailsSchema, bytes as Buffer);
    expect(decoded).to.include({ code: 5, message: "gone\\u000a" });
    expect(decoded.details[0]?.typeUrl).to.equal("type.googleapis.com/hostscope.v1.ErrorDetail");
    expect(Buffer.from(decoded.details[0]?.value ?? [])).to.deep.equal(Buffer.from(detail));
  });

  it("has no trailer without a detail, nor for one that would break the connection", () => {
    for (const detail of [null, new Uint8Array(4097)]) {
      const status = toServiceError(new StatusError(StatusCode.INTERNAL, "x", detail), unreported);
      expect(status.metadata.get(DETAILS_TRAILER)).to.deep.equal([]);
    }
  });

  it("hides anything that is not a StatusError and reports it", () => {
    const errno = Object.assign(new Error("ENOENT: /secret/path"), { code: 2 });
    const outOfTable = new StatusError(99 as StatusCode, "secret");
    const ok = new StatusError(StatusCode.OK, "secret");
    for (const thrown of [errno, outOfTable, ok, "secret", null, undefined, Symbol("secret"), { code: 5 }, 5]) {
      const reported: unknown[] = [];
      const status = toServiceError(thrown, (error) => reported.push(error));
      expect(status.code).to.equal(StatusCode.INTERNAL);
      expect(status.details).to.equal("internal error of the agent; its log has the cause");
      expect(JSON.stringify(status.metadata.toJSON())).not.to.contain("secret");
      expect(reported).to.deep.equal([thrown]);
    }
  });

  it("says of the agent's own failures whether to try again", () => {
    const retryable = (code: StatusCode) => {
      const { detail } = agentError(code, ErrorReason.UNAVAILABLE, "x");
      return fromBinary(ErrorDetailSchema, detail ?? new Uint8Array()).retryable;
    };
    expect(retryable(StatusCode.UNAVAILABLE)).to.equal(true);
    expect(retryable(StatusCode.DEADLINE_EXCEEDED)).to.equal(false);
  });
});
