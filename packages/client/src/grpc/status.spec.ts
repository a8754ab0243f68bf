// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { Metadata } from "@grpc/grpc-js";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, StatusDetailsSchema } from "@hostscope/proto/gen/error";
import { expect } from "chai";
import { toStatusError } from "./status.ts";

const RESET = "Received RST_STREAM with code 2 (Internal server error)";

describe("What grpc-js says of a failed call", () => {
  it("is a lost connection if HTTP/2 ended the call, and not a defect of the agent", () => {
    const lost = toStatusError({ code: StatusCode.INTERNAL, details: RESET, metadata: new Metadata() });
    expect(lost.code).to.equal(StatusCode.UNAVAILABLE);
    expect(lost.message).to.contain(RESET);
    expect(lost.detail).to.equal(null);
  });

  it("stays what it is if the agent says so", () => {
    const metadata = new Metadata();
    const value = toBinary(ErrorDetailSchema, create(ErrorDetailSchema, { pid: 5n }));
    const details = [{ typeUrl: `type.googleapis.com/${ErrorDetailSchema.typeName}`, value }];
    const status = toBinary(StatusDetailsSchema, create(StatusDetailsSchema, { details }));
    metadata.set("grpc-status-details-bin", Buffer.from(status));
    const told = toStatusError({ code: StatusCode.INTERNAL, details: RESET, metadata });
    expect(told.code).to.equal(StatusCode.INTERNAL);
    expect(Buffer.from(told.detail ?? []).equals(Buffer.from(value))).to.equal(true);
    expect(toStatusError({ code: StatusCode.INTERNAL, details: "broken" }).code).to.equal(StatusCode.INTERNAL);
  });

  it("is kept if it is told already, and unknown if there is none", () => {
    const error = new StatusError(StatusCode.NOT_FOUND, "not there");
    expect(toStatusError(error)).to.equal(error);
    expect(toStatusError(new Error("what?")).code).to.equal(StatusCode.UNKNOWN);
  });
});
