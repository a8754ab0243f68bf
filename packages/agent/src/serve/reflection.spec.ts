// SPDX-License-Identifier: Apache-2.0

import { createFileRegistry, fromBinary, getOption, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { ServiceDefinition } from "@grpc/grpc-js";
import { ReflectionService } from "@grpc/reflection";
import { describeMethod } from "@hostscope/proto";
import { exact } from "@hostscope/proto/gen/options";
import { expect } from "chai";
import { eventually, type Fixture, startFixture } from "../spec/agent-fixture.ts";
import type { ReflectionRequest } from "./reflection.ts";
import { hostscopeServices } from "./services.ts";

interface Answer {
  listServicesResponse?: { service: { name: string }[] };
  fileDescriptorResponse?: { fileDescriptorProto: Uint8Array[] };
  allExtensionNumbersResponse?: { baseTypeName: string; extensionNumber: number[] };
  errorResponse?: { errorCode: number; errorMessage: string };
}

const versions: ServiceDefinition[] = [];
new ReflectionService({}).addToServer({ addService: (definition) => versions.push(definition) });

/** Asks over one stream; answers come in order. */
async function ask(fixture: Fixture, version: ServiceDefinition, requests: ReflectionRequest[]): Promise<Answer[]> {
  const info = version.ServerReflectionInfo;
  if (info === undefined) throw new Error("no such method");
  const { path, requestSerialize, responseDeserialize } = info;
  const stream = fixture.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
  const answers: Answer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    stream.on("end", resolve);
    stream.on("error", reject);
  });
  stream.on("data", (answer: Answer) => answers.push(answer));
  for (const request of requests) stream.write(request);
  stream.end();
  await ended;
  return answers;
}

function decode(answer: Answer | undefined): FileDescriptorProto[] {
  const bytes = answer?.fileDescriptorResponse?.fileDescriptorProto ?? [];
  return bytes.map((file) => fromBinary(FileDescriptorProtoSchema, Uint8Array.from(file)));
}

describe("reflection", () => {
  for (const version of versions) {
    const name = version.ServerReflectionInfo?.path ?? "";

    it(`lists the services on ${name}`, async () => {
      await using fixture = await startFixture({});
      const [answer] = await ask(fixture, version, [{ listServices: "*" }]);
      const expected = hostscopeServices.map(({ typeName }) => ({ name: typeName }));
      expect(answer?.listServicesResponse?.service).to.deep.equal(expected);
    });

    it(`gives descriptors from which the whole schema can be rebuilt, options included, on ${name}`, async () => {
      await using fixture = await startFixture({});
      const requests = hostscopeServices.map(({ typeName }) => ({ fileContainingSymbol: typeName }));
      const files = new Map<string, FileDescriptorProto>();
      for (const answer of await ask(fixture, version, requests)) {
        for (const file of decode(answer)) files.set(file.name, file);
      }
      const set = fromBinary(
        FileDescriptorSetSchema,
        toBinary(FileDescriptorSetSchema, {
          $typeName: "google.protobuf.FileDescriptorSet",
          file: inImportOrder(files),
        }),
      );
      const registry = createFileRegistry(set);
      for (const service of hostscopeServices) {
        const rebuilt = registry.getService(service.typeName);
        expect(rebuilt?.methods.length).to.equal(service.methods.length);
        for (const method of service.methods) {
          const same = rebuilt?.methods.find((candidate) => candidate.name === method.name);
          expect(same === undefined ? null : describeMethod(same)).to.deep.equal(describeMethod(method));
        }
      }
      const start = registry.getMessage("hostscope.v1.ProcessRef")?.field.start;
      expect(start?.proto.proto3Optional).to.equal(true);
      if (start !== undefined) expect(getOption(start, exact)).to.equal(true);
    });
  }

  it("finds methods, messages, enums, extensions and files, and says what it does not have", async () => {
    await using fixture = await startFixture({});
    const requests: ReflectionRequest[] = [
      { fileContainingSymbol: "hostscope.v1.System.BootTime" },
      { fileContainingSymbol: "hostscope.v1.ErrorDetail" },
      { fileContainingSymbol: "hostscope.v1.ErrorReason" },
      { fileByFilename: "hostscope/v1/options.proto" },
      { fileContainingExtension: { containingType: "google.protobuf.MethodOptions", extensionNumber: 50601 } },
      { allExtensionNumbersOfType: "google.protobuf.FieldOptions" },
      { fileContainingSymbol: "hostscope.v1.Nope" },
      { fileContainingSymbol: "__proto__" },
      { fileByFilename: "../../etc/passwd" },
      { fileContainingExtension: { containingType: "hostscope.v1.ProcessRef", extensionNumber: 1 } },
      { allExtensionNumbersOfType: "hostscope.v1.Nope" },
      {},
    ];
    const answers = await ask(fixture, versions[0] ?? {}, requests);
    const names = answers.slice(0, 5).map((answer) => decode(answer)[0]?.name);
    const dir = "hostscope/v1";
    const expected = ["system", "error", "error", "options", "options"].map((file) => `${dir}/${file}.proto`);
    expect(names).to.deep.equal(expected);
    expect(answers[5]?.allExtensionNumbersResponse?.extensionNumber).to.have.members([50601, 50602]);
    expect(answers.slice(6).map((answer) => answer.errorResponse?.errorCode)).to.deep.equal([5, 5, 5, 5, 5, 12]);
  });

  it("goes on after a client that hangs up midway", async () => {
    await using fixture = await startFixture({});
    const info = versions[0]?.ServerReflectionInfo;
    if (info === undefined) throw new Error("no such method");
    for (let again = 0; again < 20; again++) {
      const stream = fixture.client.makeBidiStreamRequest(info.path, info.requestSerialize, info.responseDeserialize);
      stream.on("error", () => {});
      stream.on("data", () => stream.cancel());
      for (let i = 0; i < 10; i++) stream.write({ fileContainingSymbol: "hostscope.v1.Process" });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [answer] = await ask(fixture, versions[0] ?? {}, [{ listServices: "" }]);
    expect(answer?.listServicesResponse?.service.length).to.equal(hostscopeServices.length);
    await eventually(() => fixture.log.every(({ level }) => level !== 50));
  });
});

function inImportOrder(files: ReadonlyMap<string, FileDescriptorProto>): FileDescriptorProto[] {
  const ordered = new Set<FileDescriptorProto>();
  const visit = (name: string) => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`${name} is imported but was not given`);
    if (ordered.has(file)) return;
    for (const dependency of file.dependency) visit(dependency);
    ordered.add(file);
  };
  for (const name of files.keys()) visit(name);
  return [...ordered];
}
