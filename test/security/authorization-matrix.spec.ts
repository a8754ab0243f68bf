// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { StatusObject } from "@grpc/grpc-js";
import { METHODS, parsePolicy } from "@hostscope/agent";
import { type HiddenAttributes, type MethodDescriptor, StatusCode } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason, StatusDetailsSchema } from "@hostscope/proto/gen/error";
import { SendSignalRequestSchema } from "@hostscope/proto/gen/process_control";
import { ProcessInfoSchema } from "@hostscope/proto/gen/process_info";
import { expect } from "chai";
import { GatedAgent } from "../support/gated-agent.ts";

// What the matrix must be. To write it anew after a change of the schema or the roles: HOSTSCOPE_WRITE_GOLDEN=1, and
// then read the difference, line by line.
const GOLDEN = new URL("authorization-matrix.txt", import.meta.url);
const ROLES = ["nobody", "viewer", "operator", "admin", "owner", "signaller"];
const POLICY = `
version: 1
roles:
  nobody: { allow: [agent.health] }
  signaller:
    allow: [{ permission: process.control.signal, signals: [TERM], reason: required }]
bindings: [{ to: { uid: 4294967294 }, roles: [viewer] }]
`;
// After the downgrade everybody has the least role there is.
const DOWNGRADED = POLICY.replace("uid: 4294967294", "uid: 4294967293");

describe("authorization matrix", function () {
  this.timeout(120_000);
  this.slow(20_000);

  const policy = parsePolicy(POLICY, "matrix.yaml");
  const downgraded = { ...parsePolicy(DOWNGRADED, "none.yaml"), roles: new Map() };
  const hidden: string[] = [];
  let folder: string;
  let agent: GatedAgent;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-matrix-"));
    agent = await GatedAgent.start(folder, ROLES, policy);
  });
  after(async () => {
    await agent?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is what it should be: every method, every role, from the first message to a downgrade", async () => {
    const lines: string[] = [];
    hidden.length = 0;
    for (const method of METHODS) {
      const cells: string[] = [];
      for (const role of ROLES) cells.push((await cell(agent, method, role)).padEnd(10));
      const name = `${method.service}.${method.name}`.padEnd(28);
      lines.push(`${name} ${method.permission.padEnd(24)} ${cells.join(" ")}`.trimEnd());
    }
    const head = `${"".padEnd(53)} ${ROLES.map((role) => role.padEnd(10)).join(" ")}`.trimEnd();
    const text = `${[head, ...lines, ...hidden].join("\n")}\n`;
    if (process.env.HOSTSCOPE_WRITE_GOLDEN === "1") writeFileSync(GOLDEN, text);
    expect(existsSync(GOLDEN), "there is no golden file").to.equal(true);
    expect(text).to.equal(readFileSync(GOLDEN, "utf8"));
  });

  it("holds for health and reflection, and lets in nothing that it does not know", async () => {
    const { OK, PERMISSION_DENIED, UNIMPLEMENTED } = StatusCode;
    const cells: [path: string, bidi: boolean, codes: Record<string, number>][] = [
      ["/grpc.health.v1.Health/Check", false, { nobody: OK, viewer: OK, signaller: PERMISSION_DENIED }],
      ["/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", true, { admin: OK, viewer: PERMISSION_DENIED }],
      [
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        true,
        { admin: OK, viewer: PERMISSION_DENIED },
      ],
      ["/hostscope.v1.Process/Nothing", false, { owner: UNIMPLEMENTED }],
      ["/hostscope.v1.process/Kill", false, { owner: UNIMPLEMENTED }],
      ["//hostscope.v1.Process/Kill", false, { owner: UNIMPLEMENTED }],
    ];
    for (const [path, bidi, codes] of cells) {
      for (const [role, code] of Object.entries(codes)) {
        const method = { ...(METHODS[0] as MethodDescriptor), path, kind: bidi ? "bidi_streaming" : "unary" } as const;
        const started = agent.call(role, method, bidi ? Buffer.from([0x3a, 0]) : new Uint8Array());
        const first = await started.first;
        if (code === OK) expect(first, `${path} as ${role}`).to.not.equal(null);
        else expect((await started.status).code, `${path} as ${role}`).to.equal(code);
        started.cancel();
      }
    }
  });

  it("judges what the request says: signal and reason", async () => {
    const sendSignal = METHODS.find(({ name }) => name === "SendSignal") as MethodDescriptor;
    const codes: number[] = [];
    for (const [signal, reason] of [
      [15, "ticket 1"],
      [9, "ticket 1"],
      [15, undefined],
      [15, "  "],
    ] as const) {
      const request = create(SendSignalRequestSchema, { signal, mutation: reason === undefined ? {} : { reason } });
      const { status } = agent.call("signaller", sendSignal, toBinary(SendSignalRequestSchema, request));
      codes.push((await status).code);
    }
    const { OK, PERMISSION_DENIED } = StatusCode;
    expect(codes).to.deep.equal([OK, PERMISSION_DENIED, PERMISSION_DENIED, PERMISSION_DENIED]);
  });

  it("lets through what was judged, and nothing else that was in the bytes", async () => {
    const sendSignal = METHODS.find(({ name }) => name === "SendSignal") as MethodDescriptor;
    const judged = toBinary(
      SendSignalRequestSchema,
      create(SendSignalRequestSchema, { signal: 15, mutation: { reason: "x" } }),
    );
    const request = Buffer.concat([Buffer.from([0x10, 9]), judged, Buffer.from([0xfa, 0x7f, 1, 65])]);
    expect((await agent.call("signaller", sendSignal, request).status).code).to.equal(StatusCode.OK);
    expect(Buffer.from(agent.asked.at(-1)?.request ?? []).equals(judged)).to.equal(true);
    const torn = await agent.call("owner", sendSignal, Buffer.from([0x0a, 200])).status;
    expect(torn.code).to.equal(StatusCode.INVALID_ARGUMENT);
    expect(Buffer.from(agent.asked.at(-1)?.request ?? []).equals(judged)).to.equal(true);
  });

  /** One cell. A denied one must not have reached the transport; a stream that is let in must end when its role does. */
  async function cell(gated: GatedAgent, method: MethodDescriptor, role: string): Promise<string> {
    const { asked } = gated;
    const before = asked.length;
    const started = gated.call(role, method, new Uint8Array());
    const first = await started.first;
    if (first === null) {
      const status = await started.status;
      expect(asked.length, `${method.path} as ${role} had an effect`).to.equal(before);
      expect(status.code, `${method.path} as ${role}: ${status.details}`).to.equal(StatusCode.PERMISSION_DENIED);
      expect(detailOf(status)).to.include({ reason: ErrorReason.PERMISSION_DENIED, permission: method.permission });
      return "denied";
    }
    expect(asked.length).to.equal(before + 1);
    const { grant, signal } = asked[before]?.options ?? {};
    if (method.name === "List") hidden.push(...(grant?.hidden ?? []).map((entry) => hiddenLine(role, entry)));
    if (method.kind === "unary") {
      expect((await started.status).code).to.equal(StatusCode.OK);
      return "allowed";
    }
    const since = performance.now();
    gated.agent.setPolicy(downgraded);
    const status = await started.status;
    gated.agent.setPolicy(policy);
    expect(performance.now() - since).to.be.below(1_000);
    expect(status.code, `${method.path} as ${role}: ${status.details}`).to.equal(StatusCode.PERMISSION_DENIED);
    expect(detailOf(status).permission).to.equal(method.permission);
    expect(signal?.aborted, "the transport goes on").to.equal(true);
    return "until then";
  }
});

function hiddenLine(role: string, { permission, attributes }: HiddenAttributes): string {
  const names = attributes.map((number) => ProcessInfoSchema.fields.find((field) => field.number === number)?.name);
  return `${role} has no ${permission}: it does not see ${names.join(", ")}`;
}

function detailOf({ metadata }: StatusObject) {
  const [trailer] = metadata.get("grpc-status-details-bin");
  const status = fromBinary(StatusDetailsSchema, trailer as Buffer);
  return fromBinary(ErrorDetailSchema, status.details[0]?.value ?? new Uint8Array());
}
