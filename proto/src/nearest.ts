// SPDX-License-Identifier: Apache-2.0

/** The candidate most like `word`, or null if none is close enough to be what was meant. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const tried = word.slice(0, 64);
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(tried.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(tried, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** End of an error text that names the candidate most like `word`; empty if none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const best = nearest(word, candidates);
  return best === null ? "" : `; did you mean "${best}"?`;
}

/** Letters to insert, delete or replace to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
