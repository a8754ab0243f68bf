// SPDX-License-Identifier: Apache-2.0

import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import { expect } from "chai";
import { caughtServices, lazyService } from "./lazy-service.ts";

const text: MethodDefinition<string, string> = {
  path: "/x.Greeter/Hello",
  originalName: "hello",
  requestStream: false,
  responseStream: false,
  requestSerialize: (value) => Buffer.from(value),
  requestDeserialize: (bytes) => bytes.toString(),
  responseSerialize: (value) => Buffer.from(`${value}!`),
  responseDeserialize: (bytes) => bytes.toString(),
};

describe("a lazy service", () => {
  it("is made with the first message, once, and then does what the real one does", () => {
    let made = 0;
    const heard: unknown[] = [];
    const { definition, implementation } = lazyService(
      "x.Greeter",
      [{ name: "Hello", requestStream: false, responseStream: false }],
      () => {
        made++;
        const greet = (...call: unknown[]) => heard.push(call);
        return { definition: { Hello: text } as unknown as ServiceDefinition, implementation: { hello: greet } };
      },
    );
    const hello = definition.Hello as MethodDefinition<string, string>;
    expect(hello.path).to.equal("/x.Greeter/Hello");
    expect(made).to.equal(0);
    expect(hello.requestDeserialize(Buffer.from("you"))).to.equal("you");
    expect(hello.responseSerialize("you").toString()).to.equal("you!");
    (implementation.Hello as (...call: unknown[]) => void)("call", "callback");
    expect(heard).to.deep.equal([["call", "callback"]]);
    expect(made).to.equal(1);
  });

  it("is caught on its way to a server, each one", () => {
    const caught = caughtServices((server) => {
      server.addService({ A: text } as unknown as ServiceDefinition, {});
      server.addService({ B: text } as unknown as ServiceDefinition, {});
    });
    expect(caught.map(({ definition }) => Object.keys(definition))).to.deep.equal([["A"], ["B"]]);
  });
});
