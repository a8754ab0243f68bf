// SPDX-License-Identifier: Apache-2.0

import type { DescMessage } from "@bufbuild/protobuf";
import { reachableFrom } from "../schema/reach.ts";

/** Whether a message can occur inside itself by way of `inner`, so that it cannot hold it by value. */
export function isRecursive(outer: DescMessage, inner: DescMessage): boolean {
  return reachableFrom([inner]).messages.has(outer);
}

/** Sorts messages so that each comes after those it holds by value; otherwise keeps their order. */
export function structOrder(messages: readonly DescMessage[]): DescMessage[] {
  const wanted = new Set(messages);
  const ordered = new Set<DescMessage>();
  const visit = (message: DescMessage): void => {
    if (!wanted.has(message) || ordered.has(message)) {
      return;
    }
    for (const field of message.fields) {
      if (field.message !== undefined && !isRecursive(message, field.message)) {
        visit(field.message);
      }
    }
    ordered.add(message);
  };
  messages.forEach(visit);
  return [...ordered];
}
