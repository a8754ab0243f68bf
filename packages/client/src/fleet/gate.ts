// SPDX-License-Identifier: Apache-2.0

/** Lets so many through at a time; the others wait their turn. */
export class Gate {
  #free: number;
  readonly #waiting = new Set<(hasPlace: boolean) => void>();

  constructor(places: number) {
    this.#free = places;
  }

  /** Waits for a place and gives what leaves it again, which may be called twice. Without one if the signal fires. */
  async enter(signal: AbortSignal): Promise<() => void> {
    let hasPlace = this.#free > 0;
    if (hasPlace) this.#free--;
    else hasPlace = await this.#turn(signal);
    return () => {
      if (hasPlace) this.#pass();
      hasPlace = false;
    };
  }

  #turn(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const giveUp = () => go(false);
      const go = (hasPlace: boolean) => {
        this.#waiting.delete(go);
        signal.removeEventListener("abort", giveUp);
        resolve(hasPlace);
      };
      this.#waiting.add(go);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** From hand to hand, so that nobody slips in before those who wait. */
  #pass(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free++;
    else next(true);
  }
}
