// SPDX-License-Identifier: Apache-2.0

import type { CallOptions } from "@hostscope/proto";

/** What a caller may meet, for a call that is made in its name. */
export function granted({ grant }: CallOptions): Pick<CallOptions, "grant"> {
  return grant === undefined ? {} : { grant };
}
