// SPDX-License-Identifier: Apache-2.0

import { type Host, open } from "@hostscope/client";
import { type AgentProcess, startAgent } from "./agent-process.ts";

/**
 * Runs one suite unchanged on this machine and through an agent: nothing in front of the seam may tell them apart.
 * `suite` gets a function that gives the open host once the tests run.
 */
export function describeOnEveryTransport(title: string, suite: (host: () => Host) => void): void {
  describe(`${title}, local`, () => {
    let host: Host;
    before(async () => {
      host = await open("local:");
    });
    after(() => host?.close());
    suite(() => host);
  });

  describe(`${title}, over gRPC`, () => {
    let agent: AgentProcess;
    let host: Host;
    before(async () => {
      agent = await startAgent();
      host = await open(agent.target);
    });
    after(async () => {
      await host?.close();
      await agent?.stop();
    });
    suite(() => host);
  });
}
