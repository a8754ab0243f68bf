// SPDX-License-Identifier: Apache-2.0

/** One process, as far as its group is concerned. */
export interface GroupedProcess {
  /** Names this process and no later one of its pid. */
  readonly key: string;
  /** Its program's name, which is the group it belongs to. */
  readonly name: string;
  /** CPU time it has used so far, seconds. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly threads: number;
}

/** The processes of one name, or of all names that have no row of their own. */
export interface GroupRow {
  readonly group: string;
  readonly processes: number;
  readonly threads: number;
  readonly residentBytes: number;
  /** CPU time used, members that have ended included; never decreases while the group is remembered. */
  readonly cpuSeconds: number;
}

/** The row of all groups that have none of their own; a program of this name is part of it. */
export const OTHER = "other";

/** Groups shown when nothing else is said. */
export const DEFAULT_SHOWN = 50;

// Groups whose CPU time is remembered, so that one that comes back into the rows goes on from where it was.
const REMEMBERED = 1_000;

class Group {
  processes = 0;
  threads = 0;
  residentBytes = 0;
  /** Used since the reading before. */
  used = 0;
}

/**
 * Puts processes into groups by name, of which the busiest and largest get rows of their own: any host has as many
 * series as any other, whatever runs on it. Remembers only what makes the CPU times counters: the last reading of each
 * process, and the sums of the groups.
 */
export class ProcessGroups {
  readonly #most: number;
  #shown: ReadonlySet<string> = new Set();
  #last = new Map<string, number>();
  // In order of use: the first is the one that is forgotten.
  readonly #totals = new Map<string, number>();
  #otherTotal = 0;

  constructor(most = DEFAULT_SHOWN) {
    this.#most = most;
  }

  /** Takes a reading of all processes and gives the rows, the most significant group first and "other" last. */
  update(processes: Iterable<GroupedProcess>): GroupRow[] {
    const groups = this.#group(processes);
    const order = byWeight(groups, this.#shown).filter((name) => name !== OTHER);
    const shown = new Set(order.slice(0, this.#most));
    this.#shown = shown;
    // The least significant first, so that they are the first to be forgotten.
    for (const name of order.slice(0, REMEMBERED).reverse()) this.#remember(name, groups.get(name)?.used ?? 0);
    while (this.#totals.size > REMEMBERED) this.#totals.delete(this.#totals.keys().next().value ?? "");

    const rest = new Group();
    for (const [name, group] of groups) if (!shown.has(name)) merge(rest, group);
    this.#otherTotal += rest.used;
    const rows = [...shown].map((name) => row(name, groups.get(name) ?? new Group(), this.#totals.get(name) ?? 0));
    return rest.processes === 0 && this.#otherTotal === 0 ? rows : [...rows, row(OTHER, rest, this.#otherTotal)];
  }

  #group(processes: Iterable<GroupedProcess>): Map<string, Group> {
    const groups = new Map<string, Group>();
    const readings = new Map<string, number>();
    for (const { key, name, cpuSeconds, residentBytes, threads } of processes) {
      const group = groups.get(name) ?? new Group();
      groups.set(name, group);
      group.processes += 1;
      group.threads += threads;
      group.residentBytes += residentBytes;
      // One that is new began since the reading before, or is there at the first.
      group.used += Math.max(0, cpuSeconds - (this.#last.get(key) ?? 0));
      readings.set(key, cpuSeconds);
    }
    this.#last = readings;
    return groups;
  }

  #remember(name: string, used: number): void {
    const total = (this.#totals.get(name) ?? 0) + used;
    this.#totals.delete(name);
    this.#totals.set(name, total);
  }
}

function merge(into: Group, group: Group): void {
  into.processes += group.processes;
  into.threads += group.threads;
  into.residentBytes += group.residentBytes;
  into.used += group.used;
}

// What has a row keeps it against what is a little heavier: every new name is a series that Prometheus keeps for long.
const BONUS = 2;

/** Names by share of the CPU time used plus share of the memory, largest first. */
function byWeight(groups: ReadonlyMap<string, Group>, shown: ReadonlySet<string>): string[] {
  let used = 0;
  let resident = 0;
  for (const group of groups.values()) {
    used += group.used;
    resident += group.residentBytes;
  }
  const weight = (group: Group) => share(group.used, used) + share(group.residentBytes, resident);
  const weighed = [...groups].map(([name, group]) => ({ name, weight: weight(group) * (shown.has(name) ? BONUS : 1) }));
  // By name where nothing else tells them apart, so that idle groups do not take turns.
  weighed.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
  return weighed.map(({ name }) => name);
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function row(group: string, { processes, threads, residentBytes }: Group, cpuSeconds: number): GroupRow {
  return { group, processes, threads, residentBytes, cpuSeconds };
}
