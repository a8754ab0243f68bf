// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";

/** The error that `work` fails with, checked to be of a class. */
export async function failureOf<E extends Error>(
  work: Promise<unknown>,
  type: abstract new (...args: never[]) => E,
): Promise<E> {
  const error = await work.then(
    (value) => expect.fail(`no error but ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(type);
  return error as E;
}
