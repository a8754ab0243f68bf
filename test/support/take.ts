// SPDX-License-Identifier: Apache-2.0

/** Values of a stream until `enough` says so; at most so many. */
export async function take<T>(
  stream: AsyncIterable<T>,
  enough: (all: readonly T[]) => boolean,
  most = 20,
): Promise<T[]> {
  const all: T[] = [];
  for await (const value of stream) {
    all.push(value);
    if (enough(all)) return all;
    if (all.length >= most) throw new Error(`not in ${most} messages`);
  }
  throw new Error("the stream ended");
}
