// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { InvalidArgument } from "../errors.ts";
import { fileSdTargets, targetOf } from "./file-sd.ts";

describe("Prometheus's file_sd format", () => {
  it("is groups of addresses with labels", () => {
    const content = [
      { targets: ["127.0.0.1:7443", "[::1]:7443"], labels: { env: "prod", __meta_x: "1" } },
      { targets: ["db7:9100"] },
      { targets: [], labels: {} },
      {},
    ];
    expect(fileSdTargets(content, {})).to.deep.equal([
      { target: "grpc://127.0.0.1:7443", labels: { env: "prod" } },
      { target: "grpc://[::1]:7443", labels: { env: "prod" } },
      { target: "grpc://db7:9100", labels: {} },
    ]);
    expect(fileSdTargets([], {})).to.deep.equal([]);
  });

  it("takes TLS from __scheme__, and the agents' port instead of the file's", () => {
    const group = { targets: ["db7:9100"], labels: { __scheme__: "https", __address__: "ignored:1" } };
    expect(fileSdTargets([group], { port: 7443 })).to.deep.equal([{ target: "https://db7:7443", labels: {} }]);
  });

  const addresses: [string, string][] = [
    ["db7", "grpc://db7:7443"],
    ["db7:1", "grpc://db7:7443"],
    ["[::1]:1", "grpc://[::1]:7443"],
    ["[::1]", "grpc://[::1]:7443"],
    ["::1", "grpc://[::1]:7443"],
    ["local:", "local:"],
    ["grpc://db7:5", "grpc://db7:5"],
    ["unix:/run/hostscope/agent.sock", "unix:/run/hostscope/agent.sock"],
    ["npipe:////./pipe/hostscope", "npipe:////./pipe/hostscope"],
    ["unix:9100", "grpc://unix:7443"],
  ];
  for (const [address, target] of addresses) {
    it(`${address} with the port of the agents is ${target}`, () =>
      expect(targetOf(address, undefined, { port: 7443 })).to.equal(target));
  }

  it("a label called __proto__ harms nothing", () => {
    const [entry] = fileSdTargets(JSON.parse('[{"targets":["a:1"],"labels":{"__proto__":"x","b":"c"}}]'), {});
    expect((entry as { labels: object }).labels).to.deep.equal({ b: "c" });
  });

  for (const bad of [
    null,
    "x",
    {},
    [null],
    ["a:1"],
    [[]],
    [{ targets: "a:1" }],
    [{ targets: [5] }],
    [{ targets: ["a:1"], labels: [] }],
    [{ targets: ["a:1"], labels: { a: 5 } }],
    [{ targets: ["a:1"], lables: {} }],
  ]) {
    it(`refuses ${JSON.stringify(bad)} as Prometheus does`, () => {
      expect(() => fileSdTargets(bad, {})).to.throw(InvalidArgument);
    });
  }
});
