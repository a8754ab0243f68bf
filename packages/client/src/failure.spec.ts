// SPDX-License-Identifier: Apache-2.0

import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { expect } from "chai";
import * as errors from "./errors.ts";
import { type FailedCall, toHostscopeError } from "./failure.ts";

const CALL: FailedCall = {
  host: "grpc://127.0.0.1:1",
  op: "Process.Get",
  timeoutMs: 1500,
  pid: 42,
  processName: "init",
  signal: undefined,
  closed: false,
};

function failed(code: StatusCode, detail?: MessageInitShape<typeof ErrorDetailSchema>, call: Partial<FailedCall> = {}) {
  const bytes = detail === undefined ? null : toBinary(ErrorDetailSchema, create(ErrorDetailSchema, detail));
  return toHostscopeError(new StatusError(code, "text of the host", bytes), { ...CALL, ...call });
}

describe("Errors of calls", () => {
  const { NOT_FOUND, PERMISSION_DENIED, DEADLINE_EXCEEDED, UNIMPLEMENTED, INVALID_ARGUMENT } = StatusCode;
  const { FAILED_PRECONDITION, ABORTED, ALREADY_EXISTS, OUT_OF_RANGE } = StatusCode;
  const byReason: [
    reason: ErrorReason,
    code: StatusCode,
    type: { new (m: string): Error },
    text: string,
    retry: boolean,
  ][] = [
    [ErrorReason.NO_SUCH_PROCESS, NOT_FOUND, errors.NoSuchProcess, "no_such_process", false],
    [ErrorReason.PID_REUSED, NOT_FOUND, errors.NoSuchProcess, "pid_reused", false],
    [ErrorReason.ZOMBIE_PROCESS, NOT_FOUND, errors.ZombieProcess, "zombie_process", false],
    [ErrorReason.ACCESS_DENIED, PERMISSION_DENIED, errors.AccessDenied, "access_denied", false],
    [ErrorReason.TIMEOUT_EXPIRED, DEADLINE_EXCEEDED, errors.TimeoutExpired, "timeout_expired", true],
    [ErrorReason.UNSUPPORTED, UNIMPLEMENTED, errors.Unsupported, "unsupported", false],
    [ErrorReason.NOT_IMPLEMENTED, UNIMPLEMENTED, errors.NotImplemented, "not_implemented", false],
    [ErrorReason.INVALID_ARGUMENT, INVALID_ARGUMENT, errors.InvalidArgument, "invalid_argument", false],
    [ErrorReason.DEADLINE, DEADLINE_EXCEEDED, errors.DeadlineExceeded, "deadline", true],
    [ErrorReason.CANCELLED, StatusCode.CANCELLED, errors.HostUnreachable, "unavailable", true],
    [ErrorReason.OVERLOADED, StatusCode.RESOURCE_EXHAUSTED, errors.Overloaded, "overloaded", false],
    [ErrorReason.UNAVAILABLE, StatusCode.UNAVAILABLE, errors.HostUnreachable, "unavailable", true],
    [ErrorReason.OS_ERROR, StatusCode.INTERNAL, errors.InternalError, "os_error", false],
    [ErrorReason.INTERNAL, StatusCode.INTERNAL, errors.InternalError, "internal", false],
    [ErrorReason.NOT_FOUND, NOT_FOUND, errors.NotFound, "not_found", false],
    [ErrorReason.PROCESSES_READ_ONLY, FAILED_PRECONDITION, errors.AccessDenied, "processes_read_only", false],
    [ErrorReason.PROTECTED, FAILED_PRECONDITION, errors.FailedPrecondition, "protected", false],
    [ErrorReason.TARGET_LEFT, ABORTED, errors.Aborted, "target_left", false],
    [ErrorReason.OPERATION_CONFLICT, ALREADY_EXISTS, errors.FailedPrecondition, "operation_conflict", false],
    [ErrorReason.OPERATION_UNKNOWN, ABORTED, errors.Aborted, "operation_unknown", false],
    [ErrorReason.PREVIEW_EXPIRED, FAILED_PRECONDITION, errors.FailedPrecondition, "preview_expired", false],
    [ErrorReason.DISABLED, UNIMPLEMENTED, errors.Unsupported, "disabled", false],
    [ErrorReason.OUT_OF_RANGE, OUT_OF_RANGE, errors.InvalidArgument, "out_of_range", false],
    [ErrorReason.PRECONDITION, FAILED_PRECONDITION, errors.FailedPrecondition, "precondition", false],
    [ErrorReason.PERMISSION_DENIED, PERMISSION_DENIED, errors.PermissionDenied, "permission_denied", false],
    [ErrorReason.AUDIT_UNAVAILABLE, FAILED_PRECONDITION, errors.FailedPrecondition, "audit_unavailable", false],
  ];
  for (const [reason, code, type, text, retryable] of byReason) {
    it(`reason ${reason} (${text}) is ${type.name}`, () => {
      const error = failed(code, { reason });
      expect(error.constructor).to.equal(type);
      expect(error).to.include({
        name: type.name,
        code: text,
        retryable,
        host: CALL.host,
        pid: 42,
        processName: "init",
      });
      // The reason decides: the same with a status code that says otherwise.
      expect(failed(StatusCode.DATA_LOSS, { reason }).constructor).to.equal(type);
    });
  }

  it("every reason of the schema is in the table", () => {
    const known = Object.values(ErrorReason).filter((reason) => reason !== ErrorReason.UNSPECIFIED);
    expect(byReason.map(([reason]) => reason)).to.deep.equal(known);
  });

  const byCode: [keyof typeof StatusCode, { new (m: string): Error }][] = [
    ["CANCELLED", errors.HostUnreachable],
    ["UNKNOWN", errors.InternalError],
    ["INVALID_ARGUMENT", errors.InvalidArgument],
    ["DEADLINE_EXCEEDED", errors.DeadlineExceeded],
    ["NOT_FOUND", errors.NoSuchProcess],
    ["ALREADY_EXISTS", errors.InternalError],
    ["PERMISSION_DENIED", errors.PermissionDenied],
    ["RESOURCE_EXHAUSTED", errors.Overloaded],
    ["FAILED_PRECONDITION", errors.InternalError],
    ["ABORTED", errors.InternalError],
    ["OUT_OF_RANGE", errors.InvalidArgument],
    ["UNIMPLEMENTED", errors.VersionSkew],
    ["INTERNAL", errors.InternalError],
    ["UNAVAILABLE", errors.HostUnreachable],
    ["DATA_LOSS", errors.InternalError],
    ["UNAUTHENTICATED", errors.Unauthenticated],
  ];
  for (const [code, type] of byCode) {
    it(`${code} without a reason that is known is ${type.name}`, () => {
      expect(failed(StatusCode[code]).constructor).to.equal(type);
      expect(failed(StatusCode[code], {}).constructor).to.equal(type);
      expect(failed(StatusCode[code], { reason: 999 as never }).constructor).to.equal(type);
    });
  }

  it("PermissionDenied names the permission that is missing, if the host does", () => {
    const permission = "process.control.signal";
    const named = failed(PERMISSION_DENIED, { reason: ErrorReason.PERMISSION_DENIED, permission });
    expect(named).to.include({ permission, code: "permission_denied" });
    expect(failed(PERMISSION_DENIED)).to.include({ permission: null });
  });

  it("NOT_FOUND that is about no process is not NoSuchProcess", () => {
    expect(failed(NOT_FOUND, undefined, { pid: null }).constructor).to.equal(errors.InternalError);
  });

  it("the host's own facts win over the caller's", () => {
    const error = failed(PERMISSION_DENIED, { reason: ErrorReason.ACCESS_DENIED, pid: 43n, name: "sshd", osError: 13 });
    expect(error).to.include({ pid: 43, processName: "sshd", osError: 13 });
    expect(error.message).to.contain("Process.Get").and.contain(CALL.host).and.contain("text of the host");
    expect(error.cause).to.be.instanceOf(StatusError);
  });

  it("Overloaded is worth a retry when the host says so", () => {
    expect(
      failed(StatusCode.RESOURCE_EXHAUSTED, { reason: ErrorReason.OVERLOADED, retryable: true }).retryable,
    ).to.equal(true);
  });

  it("a reused pid is told from one that is gone", () => {
    const reused = failed(NOT_FOUND, { reason: ErrorReason.PID_REUSED }) as errors.NoSuchProcess;
    const gone = failed(NOT_FOUND, { reason: ErrorReason.NO_SUCH_PROCESS }) as errors.NoSuchProcess;
    expect([reused.reused, gone.reused]).to.deep.equal([true, false]);
    expect(reused.message).to.contain("reused");
    expect(gone.message).to.not.contain("reused");
  });

  it("the caller's own abort and close are Cancelled, whatever the transport made of them", () => {
    const signal = AbortSignal.abort("my reason");
    for (const code of [StatusCode.CANCELLED, StatusCode.UNAVAILABLE, DEADLINE_EXCEEDED]) {
      const aborted = failed(code, undefined, { signal });
      expect(aborted).to.be.instanceOf(errors.Cancelled);
      expect(aborted.cause).to.equal("my reason");
      expect(failed(code, undefined, { closed: true }), String(code)).to.be.instanceOf(errors.Cancelled);
    }
    expect(failed(PERMISSION_DENIED, undefined, { signal })).to.be.instanceOf(errors.PermissionDenied);
  });

  it("a detail that cannot be decoded does not hide the failure", () => {
    const error = toHostscopeError(new StatusError(PERMISSION_DENIED, "no", new Uint8Array([0xff])), CALL);
    expect(error).to.be.instanceOf(errors.PermissionDenied);
  });

  it("text of the host cannot forge lines or reorder text", () => {
    const error = toHostscopeError(new StatusError(StatusCode.INTERNAL, "a\nb\u202ec\u001b[2J"), CALL);
    expect(error.message).to.contain("a\\u000ab\\u202ec\\u001b[2J");
  });

  it("anything else is InternalError with its cause, and typed errors pass unchanged", () => {
    const defect = new RangeError("message is malformed");
    expect(toHostscopeError(defect, CALL)).to.be.instanceOf(errors.InternalError).with.property("cause", defect);
    const typed = new errors.InvalidArgument("mine");
    expect(toHostscopeError(typed, CALL)).to.equal(typed);
  });

  it("a StatusError of another copy of the package counts too", () => {
    const foreign = Object.assign(new Error("gone"), {
      name: "StatusError",
      code: StatusCode.UNAVAILABLE,
      detail: null,
    });
    expect(toHostscopeError(foreign, CALL)).to.be.instanceOf(errors.HostUnreachable);
  });
});
