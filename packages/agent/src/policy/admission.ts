// SPDX-License-Identifier: Apache-2.0

import type { CallGrant, StatusError } from "@hostscope/proto";
import type { Caller } from "../trust/identity.ts";
import type { CallFacts } from "./judge.ts";

/** A call that was let in, for as long as it lasts. */
export class Admission {
  /** Who makes it; told anew each time it is judged. */
  caller: Caller;
  /** What its request says; null until it is read, and for methods of which nothing is asked. */
  facts: CallFacts | null = null;
  /** What the machine has left to judge; undefined: nothing. */
  grant: CallGrant | undefined;
  #end: (error: StatusError) => void;

  /** `end` answers the call with an error. */
  constructor(caller: Caller, end: (error: StatusError) => void) {
    this.caller = caller;
    this.#end = end;
  }

  /** From now on somebody else ends it: whoever has work in progress for it. */
  handOver(end: (error: StatusError) => void): void {
    this.#end = end;
  }

  /** Ends it: what let it in does not hold any more. */
  revoke(error: StatusError): void {
    this.#end(error);
  }
}
