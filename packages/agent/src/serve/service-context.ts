// SPDX-License-Identifier: Apache-2.0

import type { Metadata } from "@grpc/grpc-js";
import type { Transport } from "@hostscope/proto";
import type { Limits } from "../config/limits.ts";
import type { Logger } from "../log.ts";
import type { Admission } from "../policy/admission.ts";
import type { CallRegistry } from "./call-registry.ts";

/** What every handler of one agent shares. */
export interface ServiceContext {
  /** Answers the calls. */
  readonly transport: Transport;
  /** The calls in progress. */
  readonly calls: CallRegistry;
  /** What callers may use up. */
  readonly limits: Limits;
  /** What let a call in, by its metadata; undefined: nothing did. */
  readonly admissionOf: (metadata: Metadata) => Admission | undefined;
  /** Where defects and, at debug level, calls are logged. */
  readonly logger: Logger;
}
