// SPDX-License-Identifier: Apache-2.0

import type { MethodDescriptor } from "@hostscope/proto";

/** A call between front and core alone, of no schema: how often watches have collected, as JSON. Nobody else can make it. */
export const WATCH_COLLECTIONS: MethodDescriptor = {
  service: "Core",
  name: "WatchCollections",
  path: "core:WatchCollections",
  kind: "unary",
  permission: "",
  mutates: false,
  audit: false,
  cost: "low",
};
