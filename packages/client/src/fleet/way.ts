// SPDX-License-Identifier: Apache-2.0

import { flag } from "../call-options.ts";
import { type Credentials, checkShape } from "../grpc/credentials.ts";
import type { FleetOptions } from "./options.ts";

/** How all hosts of a fleet are reached. */
export interface FleetWay {
  readonly credentials?: Credentials | undefined;
  readonly insecure?: boolean | undefined;
}

/** Takes that out of a fleet's options. Throws InvalidArgument for what is unsound. */
export function splitWay(
  call: string,
  options: FleetOptions | undefined,
): { way: FleetWay; others: FleetOptions | undefined } {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    return { way: {}, others: options };
  }
  const { credentials, insecure, ...others } = options;
  if (credentials !== undefined) {
    checkShape(call, credentials);
  }
  return { way: { credentials, insecure: flag(call, "insecure", insecure) }, others };
}
