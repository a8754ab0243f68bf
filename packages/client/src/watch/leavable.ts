// SPDX-License-Identifier: Apache-2.0

import type { CallOptions } from "../call-options.ts";

/**
 * A generator that ends as soon as it is left. One of the language's own hears of return() only when it yields, and while
 * its host is away that may be never. `start` is given the caller's options with a signal that is ours too.
 */
export function leavable<T, O extends Pick<CallOptions, "signal">>(
  options: O | undefined,
  start: (options: Partial<O> & { readonly signal: AbortSignal }) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const leaving = new AbortController();
  const signals = [leaving.signal, ...(options?.signal === undefined ? [] : [options.signal])];
  const values = start({ ...(options as Partial<O>), signal: AbortSignal.any(signals) });
  const over = (error: unknown): IteratorResult<T, void> => {
    if (!leaving.signal.aborted) throw error;
    return { done: true, value: undefined };
  };
  const left: AsyncGenerator<T, void, undefined> = {
    next: () => values.next().catch(over),
    return: () => {
      leaving.abort();
      return values.return();
    },
    throw: (error) => {
      leaving.abort();
      return values.throw(error);
    },
    [Symbol.asyncIterator]: () => left,
    [Symbol.asyncDispose]: async () => {
      await left.return();
    },
  };
  return left;
}
