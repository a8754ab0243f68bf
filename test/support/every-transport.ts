// SPDX-License-Identifier: Apache-2.0

import type { Host } from "@hostscope/client";
import { describeExpected } from "./expected.ts";
import type { OpenedWay } from "./machine/machine.ts";
import { machine } from "./machine/machine.ts";
import "./proofs.ts";

/** Gives the address of the agent in between, null if there is none. */
type AddressOf = () => OpenedWay["address"];

/**
 * Runs one suite unchanged on every way to the machine under test, in-process and through an agent: nothing in front of the
 * seam may tell them apart. `suite` gets a function that gives the open host once the tests run.
 */
export function describeOnEveryTransport(title: string, suite: (host: () => Host, address: AddressOf) => void): void {
  for (const { name, start } of machine.ways) {
    describeExpected(title, `${title}, ${name}`, () => {
      let opened: OpenedWay;
      before(async () => {
        opened = await start();
      });
      after(() => opened?.stop());
      suite(
        () => opened.host,
        () => opened.address,
      );
    });
  }
}
