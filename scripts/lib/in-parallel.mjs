// SPDX-License-Identifier: Apache-2.0

/** Calls work for each item, at most `limit` at a time; results in the order of the items. */
export async function inParallel(items, limit, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
