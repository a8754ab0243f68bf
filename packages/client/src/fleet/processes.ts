// SPDX-License-Identifier: Apache-2.0

import { InvalidArgument } from "../errors.ts";
import type { Sample } from "../gen/hostscope/v1/common_plain.ts";
import type { ProcessAttributeName } from "../process/attributes.ts";
import type { ProcessList, ProcessRow } from "../process/list.ts";
import type { FleetAnswer } from "./answer.ts";
import type { FleetOutcome, FleetTarget } from "./outcome.ts";

/** A process of one of the hosts. */
export interface FleetProcess<A extends ProcessAttributeName = never> extends FleetTarget {
  /** Its values, as Host.processList() gives them. */
  readonly process: ProcessRow<A>;
}

/** What is known of a host's list besides its rows. */
export interface FleetList {
  /** When the collection began. */
  readonly sample: Sample;
  /** Number of rows it gave. */
  readonly rows: number;
  /** Number of processes that ended while they were read and so have no row. */
  readonly vanished: number;
}

/**
 * The processes of all hosts, those of each host together, hosts as they answer. A host that fails costs its rows and
 * no more: `outcomes` names it and why.
 */
export class FleetProcesses<A extends ProcessAttributeName = never> implements AsyncIterable<FleetProcess<A>> {
  /** What came of each host so far, in the order they answered; complete once the loop is. */
  readonly outcomes: FleetOutcome<FleetList>[] = [];
  readonly #lists: FleetAnswer<ProcessList<A>>;
  #isLooped = false;

  /** @internal Comes from Fleet.processes(). */
  constructor(lists: FleetAnswer<ProcessList<A>>) {
    this.#lists = lists;
  }

  /** Each process as it comes. Leaving the loop gives up the rest. */
  async *[Symbol.asyncIterator](): AsyncGenerator<FleetProcess<A>, void, undefined> {
    if (this.#isLooped) {
      throw new InvalidArgument("the processes of a fleet were already read in a loop: call processes() again");
    }
    this.#isLooped = true;
    for await (const outcome of this.#lists) {
      const { target, labels } = outcome;
      if (outcome.status !== "ok") {
        this.outcomes.push(outcome);
        continue;
      }
      const { sample, processes, vanished } = outcome.value;
      this.outcomes.push({ ...outcome, value: { sample, rows: processes.length, vanished } });
      for (const process of processes) {
        yield { target, labels, process };
      }
    }
  }
}
