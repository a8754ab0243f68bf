// SPDX-License-Identifier: Apache-2.0

import { HostscopeError } from "@hostscope/client";
import { expect } from "chai";

/** What some work with the SDK failed with. */
export async function failureOf(work: Promise<unknown>): Promise<HostscopeError> {
  const error = await work.then(
    () => expect.fail("no failure"),
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(HostscopeError);
  return error as HostscopeError;
}
