// SPDX-License-Identifier: Apache-2.0

/** Puts an entry into a decoded map. A key "__proto__" is data like any other. */
export function setEntry<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    record[key] = value;
  }
}
