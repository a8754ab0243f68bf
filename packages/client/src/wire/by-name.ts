// SPDX-License-Identifier: Apache-2.0

import { setEntry } from "./set-entry.ts";

/** A list as a record, by a name that each entry has once. Entries without one are left out. */
export function byName<T extends { readonly name: string | null }, V>(
  entries: readonly T[],
  value: (entry: T) => V,
): Record<string, V> {
  const record: Record<string, V> = {};
  for (const entry of entries) {
    if (entry.name !== null) {
      setEntry(record, entry.name, value(entry));
    }
  }
  return record;
}
