// SPDX-License-Identifier: Apache-2.0

import { type Host, open } from "@hostscope/client";
import { type AgentProcess, startAgent } from "./agent-process.ts";
import { describeExpected } from "./expected.ts";

/** As describeOnEveryTransport, with hosts that may start programs. */
export function describeWithExec(title: string, suite: (host: () => Host, agent: () => AgentProcess | null) => void) {
  describeExpected(title, `${title}, local`, () => {
    let host: Host;
    before(async () => {
      host = await open("local:", { allowExec: true });
    });
    after(() => host?.close());
    suite(
      () => host,
      () => null,
    );
  });

  describeExpected(title, `${title}, over gRPC`, () => {
    let agent: AgentProcess;
    let host: Host;
    before(async () => {
      agent = await startAgent("--allow-exec");
      host = await open(agent.target);
    });
    after(async () => {
      await host?.close();
      await agent?.stop();
    });
    suite(
      () => host,
      () => agent,
    );
  });
}
