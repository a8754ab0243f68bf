// SPDX-License-Identifier: Apache-2.0

/** What many calls of one method have left behind, as test/support/leak-probe.ts prints it. */
export interface Growth {
  readonly method: string;
  readonly calls: number;
  /** Calls that were answered, not failed. */
  readonly answered: number;
  readonly files: number;
  readonly threads: number;
  /** Heap of the C library. */
  readonly nativeBytes: number;
  /** JavaScript objects and buffers. */
  readonly scriptBytes: number;
}

/** How often each method is called at least, however long that takes. */
export const FEWEST_CALLS = 200;

/** What allocators take in one step, and a quarter of a kilobyte for each call. */
export const allowedBytes = (calls: number): number => 512 * 1024 + 256 * calls;
