// SPDX-License-Identifier: Apache-2.0

import { Client, credentials, type MethodDefinition } from "@grpc/grpc-js";
import { expect } from "chai";
import { service } from "grpc-health-check";
import { eventually, newClient, startFixture } from "../spec/agent-fixture.ts";

type HealthMethod = MethodDefinition<{ service: string }, { status: string }>;
const { Check, Watch } = service as unknown as { Check: HealthMethod; Watch: HealthMethod };

function check(client: Client, name: string): Promise<string> {
  const { path, requestSerialize, responseDeserialize } = Check;
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { service: name }, (error, response) =>
      resolve(error === null ? (response?.status ?? "") : `error ${error.code}`),
    );
  });
}

describe("health", () => {
  it("serves the agent as a whole and each service, and knows no other", async () => {
    await using fixture = await startFixture({});
    for (const name of ["", "hostscope.v1.Process"]) expect(await check(fixture.client, name)).to.equal("SERVING");
    expect(await check(fixture.client, "hostscope.v1.Nope")).to.equal("error 5");
  });

  it("tells those who watch that the agent stops", async () => {
    await using fixture = await startFixture({});
    const client = newClient(fixture.agent);
    const { path, requestSerialize, responseDeserialize } = Watch;
    const watch = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, { service: "" });
    const seen: string[] = [];
    watch.on("data", ({ status }: { status: string }) => seen.push(status));
    watch.on("error", () => {});
    await eventually(() => seen.length === 1);
    const started = performance.now();
    await fixture.agent.close(30_000);
    // Somebody watching health must not use up the grace.
    expect(performance.now() - started).to.be.below(2_000);
    expect(seen).to.deep.equal(["SERVING", "NOT_SERVING"]);
    client.close();
  });

  it("is not there for a stopped agent", async () => {
    await using fixture = await startFixture({});
    await fixture.agent.close(0);
    const client = new Client(`127.0.0.1:${fixture.agent.port}`, credentials.createInsecure());
    expect(await check(client, "")).to.equal("error 14");
    client.close();
  });
});
