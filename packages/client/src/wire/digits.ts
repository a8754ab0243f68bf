// SPDX-License-Identifier: Apache-2.0

/** 2^32: what the upper half of a 64-bit number counts in. */
export const TWO_32 = 4294967296;

/** Decimal digits of an unsigned 64-bit number given as halves. */
export function unsignedText(high: number, low: number): string {
  return high >>> 0 <= 0x1fffff
    ? String((high >>> 0) * TWO_32 + (low >>> 0))
    : String((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
}

/** Decimal digits of a signed 64-bit number given as halves. */
export function signedText(high: number, low: number): string {
  return String(BigInt.asIntN(64, (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)));
}
