// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { isFlagged, keyOf, type Seen, type SeenValues } from "./seen-processes.ts";

/** A line of scripted_host.py's log. */
interface Event {
  readonly at: number;
  readonly event: "start" | "change" | "end";
  readonly pid: number;
  readonly start: number;
  readonly name: string;
  readonly rss: number;
  readonly user: number;
}

/** What a process was like, from when until when. */
interface State {
  readonly name: string;
  readonly rss: number;
  readonly user: number;
  readonly from: number;
  until: number;
}

/** Which processes a watcher asked for. */
export interface Choice {
  readonly matches?: (state: State) => boolean;
  /** Only so many, of the largest resident memory. */
  readonly limit?: number;
  /** Whether messages may come of several connections. */
  readonly reconnects?: boolean;
}

/** Clocks are read a moment before or after what they tell the time of. */
const MOMENT = 0.02;

/** What truly happened on a scripted host, to be compared with what somebody saw of it. */
export class ScriptedHistory {
  readonly #lives = new Map<string, State[]>();
  /** When the last process ended. */
  readonly over: number;

  constructor(log: string) {
    let over = 0;
    for (const line of log.trim().split("\n")) {
      const { at, event, name, rss, user, ...ref } = JSON.parse(line) as Event;
      if (event === undefined) continue;
      const states = this.#lives.get(keyOf(ref)) ?? [];
      this.#lives.set(keyOf(ref), states);
      const last = states.at(-1);
      if (last !== undefined) last.until = at;
      if (event !== "end") states.push({ name, rss, user, from: at, until: Infinity });
      else over = at;
    }
    this.over = over;
  }

  get size(): number {
    return this.#lives.size;
  }

  /**
   * That after each message a watcher has exactly the rows that it must have: each collection was made between the
   * message before and its own, so that who was there all that time is there, who was not is not, and values are such
   * as the process had meanwhile. Gives figures: how many were seen to start and to end of those who lived two intervals.
   */
  compare(name: string, seen: readonly Seen[], choice: Choice) {
    const rows = new Map<string, SeenValues>();
    const [started, ended] = [new Map<string, number>(), new Map<string, number>()];
    const over = new Set<string>();
    for (const [at, message] of seen.entries()) {
      const from = (seen[at - 1]?.time ?? 0) - MOMENT;
      const until = message.time + MOMENT;
      const of = (key: string) => `${name}, message ${at} (${message.sequence}) of ${key}`;
      const drop = (key: string, how: string) => {
        expect(rows.delete(key), `${of(key)} ${how}, and was not there`).to.equal(true);
        ended.set(key, at);
      };
      if (message.snapshot) expect(message.gone.size + message.left.length, name).to.equal(0);
      for (const key of message.gone.keys()) {
        drop(key, "is gone");
        over.add(key);
        expect(this.#end(key), `${of(key)} is gone`).to.be.below(until);
      }
      for (const key of message.left) {
        drop(key, "has left");
        expect(choice.matches !== undefined || choice.limit !== undefined, of(key)).to.equal(true);
      }
      const before = new Map(rows);
      if (message.snapshot) rows.clear();
      for (const [key, values] of message.shown) {
        expect(over.has(key), `${of(key)} is back from the dead`).to.equal(false);
        if (!before.has(key)) started.set(key, at);
        const old = message.snapshot ? {} : rows.get(key);
        const known = Object.entries(values).filter(([, value]) => value !== undefined);
        rows.set(key, { ...old, ...Object.fromEntries(known) });
      }
      for (const key of before.keys()) if (!rows.has(key)) ended.set(key, at);
      const pids = [...rows.keys()].map((key) => key.split(" ")[0]);
      expect(new Set(pids).size, `${name}: a pid of two in message ${at}`).to.equal(pids.length);
      this.#expectRows(of, rows, from, until, choice);
    }
    return this.#figures(name, seen, choice, started, ended);
  }

  #expectRows(
    of: (key: string) => string,
    rows: ReadonlyMap<string, SeenValues>,
    from: number,
    until: number,
    { matches = () => true, limit = Infinity }: Choice,
  ): void {
    const candidates = [...this.#lives].flatMap(([key, states]) => {
      const then = states.filter((state) => state.until > from && state.from < until);
      const fit = then.filter(matches);
      if (fit.length === 0) return [];
      const throughout = fit.length === then.length && this.#wasThere(states, from, until);
      const sizes = fit.map(({ rss }) => rss);
      return [{ key, then, throughout, least: throughout ? Math.min(...sizes) : -1, most: Math.max(...sizes) }];
    });
    for (const { key, then, throughout, least, most } of candidates) {
      const row = rows.get(key);
      const ahead = candidates.filter((other) => other.key !== key && other.most >= least).length;
      if (throughout && ahead < limit) expect(row, `${of(key)}: it is missing`).to.not.equal(undefined);
      if (row === undefined) continue;
      const surelyAhead = candidates.filter((other) => other.key !== key && other.least > most).length;
      expect(surelyAhead, `${of(key)}: there are so many larger ones`).to.be.below(limit);
      for (const [value, told] of Object.entries(row)) {
        if (told === null || told === undefined) continue;
        const true_ = then.map((state) => state[value as keyof SeenValues]);
        expect(true_, `${of(key)}: ${value}`).to.include(told);
      }
    }
    const possible = new Set(candidates.map(({ key }) => key));
    const made_up = [...rows.keys()].filter((key) => !possible.has(key) && key !== INIT);
    expect(made_up, of("nobody")).to.deep.equal([]);
  }

  #figures(
    name: string,
    seen: readonly Seen[],
    { matches, limit }: Choice,
    started: ReadonlyMap<string, number>,
    ended: ReadonlyMap<string, number>,
  ) {
    const flags = seen.filter(isFlagged);
    let [both, flagged] = [0, 0];
    for (const [key, states] of this.#lives) {
      const lived = seen.some(({ time }, at) => at > 0 && this.#wasThere(states, (seen[at - 1] as Seen).time, time));
      if (!lived || matches !== undefined || limit !== undefined) continue;
      const [start, end] = [started.get(key), ended.get(key)];
      if (start !== undefined && end !== undefined) {
        expect(end, `${name}: ${key}`).to.be.above(start);
        both++;
      } else {
        const born = states[0]?.from as number;
        expect(
          flags.some(({ time }) => time > born),
          `${name}: ${key} was not seen to ${start === undefined ? "start" : "end"}`,
        ).to.equal(true);
        flagged++;
      }
    }
    return { messages: seen.length, flags: flags.length, started: started.size, ended: ended.size, both, flagged };
  }

  #wasThere(states: readonly State[], from: number, until: number): boolean {
    return (states[0]?.from as number) < from && (states.at(-1)?.until as number) > until;
  }

  #end(key: string): number {
    return this.#lives.get(key)?.at(-1)?.until ?? Infinity;
  }
}

/** The one that is there all the time and in no log. */
const INIT = "1 1";
