// SPDX-License-Identifier: Apache-2.0

import { Metadata } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { expect } from "chai";
import { toStatusError } from "./grpc-status.ts";

const failed = (code: number, details: string) =>
  toStatusError(Object.assign(new Error(details), { code, details, metadata: new Metadata() }));

describe("The status of a call that failed", () => {
  it("is that of a lost connection if its stream broke off without one", () => {
    for (const rest of ["0 (Call ended without gRPC status)", "1", "2 (Internal server error)"]) {
      const error = failed(StatusCode.INTERNAL, `Received RST_STREAM with code ${rest}`);
      expect(error.code, rest).to.equal(StatusCode.UNAVAILABLE);
      expect(error.message).to.contain("RST_STREAM");
    }
  });

  it("is what the host says otherwise", () => {
    expect(failed(StatusCode.INTERNAL, "it failed").code).to.equal(StatusCode.INTERNAL);
    expect(failed(StatusCode.INTERNAL, "Received RST_STREAM with code 11").code).to.equal(StatusCode.INTERNAL);
    expect(failed(StatusCode.CANCELLED, "Call cancelled").code).to.equal(StatusCode.CANCELLED);
  });

  it("is kept if it is one, and unknown if it is none", () => {
    const error = new StatusError(StatusCode.NOT_FOUND, "not there");
    expect(toStatusError(error)).to.equal(error);
    expect(toStatusError(new Error("what?")).code).to.equal(StatusCode.UNKNOWN);
  });
});
