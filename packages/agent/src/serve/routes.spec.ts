// SPDX-License-Identifier: Apache-2.0

import { create, createFileRegistry, type DescService } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describeMethod } from "@hostscope/proto";
import { expect } from "chai";
import { pino } from "pino";
import { LIMITS, timeLeft, timeLimit } from "../config/limits.ts";
import { fakeTransport } from "../spec/fake-transport.ts";
import { CallRegistry } from "./call-registry.ts";
import { buildRoute } from "./routes.ts";
import { createAgent } from "./server.ts";
import { hostscopeServices } from "./services.ts";

const logger = pino({ level: "silent" });
const context = {
  transport: fakeTransport({}),
  calls: new CallRegistry(),
  limits: LIMITS,
  admissionOf: () => undefined,
  logger,
};

/** A service whose only method says nothing about itself. */
function bareService(clientStreaming = false): DescService {
  const file = create(FileDescriptorProtoSchema, {
    name: "bare.proto",
    package: "bare.v1",
    syntax: "proto3",
    messageType: [{ name: "Empty" }],
    service: [
      {
        name: "Bare",
        method: [{ name: "Take", inputType: ".bare.v1.Empty", outputType: ".bare.v1.Empty", clientStreaming }],
      },
    ],
  });
  const service = createFileRegistry(file, () => undefined).getService("bare.v1.Bare");
  if (service === undefined) throw new Error("the synthetic descriptor has no service");
  return service;
}

describe("routes", () => {
  it("cover every method of every service, with its path and kind", () => {
    let methods = 0;
    for (const service of hostscopeServices) {
      const { definition, implementation } = buildRoute(service, context);
      for (const desc of service.methods) {
        expect(definition[desc.name]).to.include({
          path: `/${service.typeName}/${desc.name}`,
          requestStream: desc.methodKind === "bidi_streaming",
          responseStream: desc.methodKind !== "unary",
        });
        expect(implementation[desc.name]).to.be.a("function");
        methods += 1;
      }
    }
    expect(methods).to.be.above(20);
  });

  it("are refused for a method that does not say what it needs, by its name", () => {
    expect(() => buildRoute(bareService(), context)).to.throw(Error, "/bare.v1.Bare/Take lacks the option");
    expect(() => buildRoute(bareService(true), context)).to.throw(Error, "/bare.v1.Bare/Take");
  });

  it("keep an agent from starting at all", async () => {
    const listen = [{ host: "127.0.0.1", port: 0 }];
    const services = [...hostscopeServices, bareService()];
    let message = "it started";
    try {
      await (await createAgent({ transport: context.transport, listen, logger, services })).close(0);
    } catch (error) {
      message = String(error);
    }
    expect(message).to.contain("/bare.v1.Bare/Take lacks the option");
  });
});

describe("time limits", () => {
  it("are finite and positive for every method of the schema", () => {
    for (const service of hostscopeServices) {
      for (const desc of service.methods) {
        const limit = timeLimit(describeMethod(desc));
        expect(limit.standard, desc.name).to.be.within(1_000, limit.most);
        expect(limit.most).to.be.below(2 ** 31);
        expect(limit.endless).to.equal(["Watch", "SuspendLeased"].includes(desc.name));
      }
    }
  });

  it("never grow out of odd deadlines", () => {
    const limit = { standard: 10, most: 100, endless: false };
    expect(timeLeft(limit, Number.POSITIVE_INFINITY, 1_000)).to.equal(10);
    expect(timeLeft(limit, Number.NaN, 1_000)).to.equal(10);
    expect(timeLeft(limit, new Date(Number.NaN), 1_000)).to.equal(10);
    expect(timeLeft(limit, 1e300, 1_000)).to.equal(100);
    expect(timeLeft(limit, new Date(1_050), 1_000)).to.equal(50);
    expect(timeLeft(limit, 900, 1_000)).to.equal(-100);
    expect(timeLeft(limit, Number.NEGATIVE_INFINITY, 1_000)).to.be.below(0);
  });
});
