// SPDX-License-Identifier: Apache-2.0

import { type Host, open } from "@hostscope/client";
import { type AgentProcess, startAgent } from "./agent-process.ts";
import { stateFolder } from "./state-folder.ts";

/**
 * Runs one suite unchanged on this machine and through an agent: nothing in front of the seam may tell them apart.
 * `suite` gets a function that gives the open host once the tests run.
 */
export function describeOnEveryTransport(title: string, suite: (host: () => Host) => void): void {
  describe(`${title}, local`, () => {
    const state = stateFolder();
    let host: Host;
    before(async () => {
      host = await open("local:", { stateDir: state.path });
    });
    after(async () => {
      await host?.close();
      state.remove();
    });
    suite(() => host);
  });

  describe(`${title}, over gRPC`, () => {
    const state = stateFolder();
    let agent: AgentProcess;
    let host: Host;
    before(async () => {
      agent = await startAgent("--state-dir", state.path);
      host = await open(agent.target);
    });
    after(async () => {
      await host?.close();
      await agent?.stop();
      state.remove();
    });
    suite(() => host);
  });
}
