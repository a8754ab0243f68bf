// SPDX-License-Identifier: Apache-2.0

import type { DescEnum, DescMessage } from "@bufbuild/protobuf";

/** Messages and enums that can occur inside a set of root messages. */
export interface Reach {
  /** The roots and every message below them. */
  readonly messages: ReadonlySet<DescMessage>;
  /** Every enum of a field of those messages. */
  readonly enums: ReadonlySet<DescEnum>;
}

/** Follows all fields from the roots; recursive messages are visited once. */
export function reachableFrom(roots: Iterable<DescMessage>): Reach {
  const messages = new Set<DescMessage>();
  const enums = new Set<DescEnum>();
  const pending = [...roots];
  for (let message = pending.pop(); message !== undefined; message = pending.pop()) {
    if (messages.has(message)) {
      continue;
    }
    messages.add(message);
    for (const field of message.fields) {
      if (field.message !== undefined) {
        pending.push(field.message);
      }
      if (field.enum !== undefined) {
        enums.add(field.enum);
      }
    }
  }
  return { messages, enums };
}
