// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { DeadlineExceeded } from "../errors.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";

describe("Host.popen", () => {
  it("starts within the host's own timeout unless told otherwise", async () => {
    const silent = new FakeTransport();
    silent.bidiStream = async function* () {
      await new Promise(() => {});
      yield new Uint8Array();
    };
    const host = createHost(silent, { target: "a", timeoutMs: 30 });
    const began = performance.now();
    await failureOf(host.popen(["/bin/true"]), DeadlineExceeded);
    expect(performance.now() - began).to.be.below(5_000);
  });
});
