// SPDX-License-Identifier: Apache-2.0

import { InvalidArgument } from "../errors.ts";
import type { FleetOutcome } from "./outcome.ts";

/**
 * The outcomes of a call on a fleet, one of each host. `for await` gives each as it comes, and leaving that loop gives up
 * the rest. `await` gives all of them, in the order of the targets. Nothing is asked before one of the two begins. What
 * was awaited can be awaited and looped over again; a loop cannot be repeated.
 */
export class FleetAnswer<T> implements AsyncIterable<FleetOutcome<T>>, PromiseLike<FleetOutcome<T>[]> {
  readonly #start: () => AsyncGenerator<FleetOutcome<T>, void, undefined>;
  readonly #inOrder: (outcomes: FleetOutcome<T>[]) => FleetOutcome<T>[];
  #isLooped = false;
  #all: Promise<FleetOutcome<T>[]> | null = null;

  /** @internal Answers come from the methods of a Fleet. */
  constructor(
    start: () => AsyncGenerator<FleetOutcome<T>, void, undefined>,
    inOrder: (outcomes: FleetOutcome<T>[]) => FleetOutcome<T>[],
  ) {
    this.#start = start;
    this.#inOrder = inOrder;
  }

  /** Each outcome as it comes. */
  async *[Symbol.asyncIterator](): AsyncGenerator<FleetOutcome<T>, void, undefined> {
    if (this.#all !== null) {
      yield* await this.#all;
      return;
    }
    this.#begin();
    yield* this.#start();
  }

  /** All outcomes, for `await`. */
  // biome-ignore lint/suspicious/noThenProperty: being awaitable is what this class is for
  then<A = FleetOutcome<T>[], B = never>(
    onDone?: ((outcomes: FleetOutcome<T>[]) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#all ??= this.#collect();
    return this.#all.then(onDone, onError);
  }

  async #collect(): Promise<FleetOutcome<T>[]> {
    this.#begin();
    const outcomes: FleetOutcome<T>[] = [];
    for await (const outcome of this.#start()) {
      outcomes.push(outcome);
    }
    return this.#inOrder(outcomes);
  }

  #begin(): void {
    if (this.#isLooped) {
      throw new InvalidArgument("the answer of a fleet was already read in a loop: call again, or await it instead");
    }
    this.#isLooped = true;
  }
}
