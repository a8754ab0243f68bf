// SPDX-License-Identifier: Apache-2.0

import { fromBinary } from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema } from "@hostscope/proto/gen/error";
import { SERVICE_NAME } from "./service-facts.ts";

/** Why a service could not be registered, removed, started or stopped. */
export type ServiceErrorReason =
  | "not_windows"
  | "not_administrator"
  | "exists_already"
  | "marked_for_deletion"
  | "no_such_service"
  | "timeout"
  | "failed";

/** Thrown by what is done to the agent's service; the message says what to do. */
export class ServiceError extends Error {
  /** Why, for programs. */
  readonly reason: ServiceErrorReason;

  constructor(reason: ServiceErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ServiceError";
    this.reason = reason;
  }
}

const ERROR_SERVICE_MARKED_FOR_DELETE = 1072;
const ERROR_SERVICE_EXISTS = 1073;

/** A failure of the native side in this command's terms; anything else as it is. */
export function serviceError(error: unknown): unknown {
  if (!(error instanceof StatusError)) return error;
  const cause = { cause: error };
  const osError = error.detail === null ? undefined : fromBinary(ErrorDetailSchema, error.detail).osError;
  if (osError === ERROR_SERVICE_MARKED_FOR_DELETE) {
    const text = `the service ${SERVICE_NAME} is being removed: close what looks at services, or start the machine anew`;
    return new ServiceError("marked_for_deletion", text, cause);
  }
  if (osError === ERROR_SERVICE_EXISTS) {
    const text = `there is a service ${SERVICE_NAME} already: "service uninstall" removes it`;
    return new ServiceError("exists_already", text, cause);
  }
  switch (error.code) {
    case StatusCode.UNIMPLEMENTED:
      return new ServiceError("not_windows", notWindows(), cause);
    case StatusCode.PERMISSION_DENIED: {
      const text = `${error.message}: this is for administrators; open a terminal with "Run as administrator"`;
      return new ServiceError("not_administrator", text, cause);
    }
    case StatusCode.NOT_FOUND:
      return new ServiceError(
        "no_such_service",
        `there is no service ${SERVICE_NAME}: "service install" registers it`,
        cause,
      );
    case StatusCode.DEADLINE_EXCEEDED:
      return new ServiceError("timeout", error.message, cause);
    default:
      return new ServiceError("failed", error.message, cause);
  }
}

function notWindows(): string {
  return "services of this kind are Windows'; elsewhere the service manager runs the agent itself, see docs/deployment.md";
}
