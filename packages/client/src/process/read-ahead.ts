// SPDX-License-Identifier: Apache-2.0

/**
 * Items of a source that is read to its end as fast as it comes, however slowly they are taken: what a caller does
 * between two items must not run into the deadline of a call. Only for sources that end by themselves.
 * `start` gets a signal that is aborted when the caller leaves early or when `signal` is.
 */
export async function* readAhead<T>(
  start: (signal: AbortSignal) => AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  const leaving = new AbortController();
  const pass = () => leaving.abort(signal?.reason);
  signal?.addEventListener("abort", pass, { once: true });
  if (signal?.aborted === true) {
    pass();
  }
  const queue: T[] = [];
  let wake = () => {};
  let ended: { error?: unknown } | null = null;
  const fill = async () => {
    try {
      for await (const item of start(leaving.signal)) {
        queue.push(item);
        wake();
      }
      ended = {};
    } catch (error) {
      ended = { error };
    }
    wake();
  };
  void fill();
  try {
    for (;;) {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        yield item;
      }
      const end = ended as { error?: unknown } | null;
      if (end !== null && "error" in end) {
        throw end.error;
      }
      if (end !== null) {
        return;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal?.removeEventListener("abort", pass);
    leaving.abort();
  }
}
