// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { Client, credentials, type ServiceError, type StatusObject } from "@grpc/grpc-js";
import { describeMethod, StatusCode } from "@hostscope/proto";
import { ConnectionKind } from "@hostscope/proto/gen/network";
import { PopenRequestSchema } from "@hostscope/proto/gen/popen";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { Comparison, ProcessKey } from "@hostscope/proto/gen/process_watch";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { type SecretProcesses, startSecretProcesses } from "../support/secret-process.ts";
import { stateFolder } from "../support/state-folder.ts";
import { bearer, writeTokens } from "../support/token-file.ts";

const ROLES = ["viewer", "cmdline", "environ", "paths", "network", "owner"] as const;
type Role = (typeof ROLES)[number];

const POLICY = `
version: 1
roles:
  cmdline: { extends: [viewer], allow: [process.secrets.cmdline] }
  environ: { extends: [viewer], allow: [process.secrets.environ] }
  paths: { extends: [viewer], allow: [process.detail] }
  network: { extends: [viewer], allow: [net.connections.read] }
bindings: [{ to: { uid: 4294967294 }, roles: [viewer] }]
`;
const ALL = Object.values(ProcessAttribute).filter((attribute) => attribute !== ProcessAttribute.UNSPECIFIED);

describe("secret canaries", function () {
  this.timeout(120_000);
  this.slow(20_000);

  const folder = mkdtempSync(join(tmpdir(), "hostscope-canaries-"));
  const state = stateFolder();
  const audit = join(folder, "audit.jsonl");
  // What callers themselves say, and nobody else should read.
  const said = ["canary-said-filter", "canary-said-selector", "canary-said-argument", "canary-said-environ"];
  let tokens: Map<string, string>;
  let secrets: SecretProcesses;
  let agent: AgentProcess;
  let client: Client;
  before(async () => {
    writeFileSync(join(folder, "policy.yaml"), POLICY);
    tokens = writeTokens(join(folder, "tokens.json"), Object.fromEntries(ROLES.map((role) => [role, [role]])));
    secrets = await startSecretProcesses();
    const flags = ["--policy", join(folder, "policy.yaml"), "--tokens", join(folder, "tokens.json"), "--audit", audit];
    agent = await startAgent(...flags, "--state-dir", state.path, "--log-level", "trace", "--allow-exec");
    client = new Client(`${agent.host}:${agent.port}`, credentials.createInsecure(), { "grpc.enable_retries": 0 });
  });
  after(async () => {
    client?.close();
    await agent?.stop();
    secrets?.stop();
    state.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const role of ROLES) {
    it(`are seen by ${role} with its grants only, in any byte sent`, async () => {
      const seen = await everythingFor(role);
      for (const [kind, canaries] of Object.entries(secrets.canaries)) {
        const granted = role === "owner" || role === kind;
        for (const canary of canaries) {
          // The socket is in the environment and among the sockets: either grant shows it.
          if (!granted && canaries === secrets.canaries.environ && secrets.canaries.network.includes(canary)) continue;
          if (!granted && kind === "network" && role === "environ") continue;
          expect(seen.includes(canary), `${kind} ${canary} for ${role}`).to.equal(granted);
        }
      }
      for (const canary of said) expect(seen.includes(canary), canary).to.equal(false);
    });
  }

  it("are in no log and no audit record, nor are tokens and what callers said", async () => {
    const log = agent.log() + readFileSync(audit, "utf8");
    expect(log).to.include("process.exec").and.to.include("Process.Popen");
    const all = [...Object.values(secrets.canaries).flat(), ...said, ...tokens.values()];
    for (const canary of all) expect(log.includes(canary), canary).to.equal(false);
    expect(all.length).to.be.at.least(20);
  });

  /** All that a role gets for every question that could be answered with a secret. */
  async function everythingFor(role: Role): Promise<string> {
    const watch = describeMethod(Process.method.watch).path;
    const parts = [
      call(role, describeMethod(Process.method.list).path, Process.method.list.input, { attributes: ALL }),
      call(role, watch, Process.method.watch.input, { attributes: ALL }, true),
      // One that shares its collection with others, were the key of it not to tell them apart.
      call(role, watch, Process.method.watch.input, { attributes: [ProcessAttribute.NAME] }, true),
      call(role, describeMethod(System.method.netConnections).path, System.method.netConnections.input, {
        kind: ConnectionKind.UNIX,
      }),
      ...secrets.pids.map((pid) =>
        call(role, describeMethod(Process.method.get).path, Process.method.get.input, {
          ref: { pid: BigInt(pid) },
          attributes: ALL,
          options: { connectionsKind: ConnectionKind.UNIX },
        }),
      ),
      ...[ProcessKey.CMDLINE, ProcessKey.EXE].map((key) =>
        call(
          role,
          watch,
          Process.method.watch.input,
          {
            attributes: [ProcessAttribute.PID],
            anyOf: [{ allOf: [{ key, comparison: Comparison.CONTAINS, text: "canary-said-filter" }] }],
          },
          true,
        ),
      ),
      call(role, describeMethod(Process.method.previewSignal).path, Process.method.previewSignal.input, {
        selector: { cmdline: "canary-said-selector" },
        signal: 15,
      }),
      call(role, describeMethod(Process.method.previewSignal).path, Process.method.previewSignal.input, {
        selector: { username: "root" },
        signal: 15,
        maxMatches: 10_000,
      }),
      call(role, describeMethod(Process.method.popen).path, PopenRequestSchema, {
        kind: {
          case: "start",
          value: { args: ["/nowhere/program", "canary-said-argument"], env: { A: "canary-said-environ" } },
        },
      }),
    ];
    return (await Promise.all(parts)).join("\n");
  }

  /** Every byte of an answer: messages, text and details. An endless one is left after its first collection. */
  function call<D extends DescMessage>(
    role: Role,
    path: string,
    desc: D,
    init: MessageInitShape<D>,
    endless = false,
  ): Promise<string> {
    const identity = (bytes: Buffer): Buffer => bytes;
    const request = Buffer.from(toBinary(desc, create(desc, init)));
    const metadata = bearer(tokens.get(role) ?? "");
    const stream = client.makeServerStreamRequest(path, identity, identity, request, metadata, {
      deadline: Date.now() + 60_000,
    });
    const messages: Buffer[] = [];
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      stream.on("data", (bytes: Buffer) => {
        messages.push(bytes);
        // The snapshot is several messages, which come at once.
        if (endless) timer ??= setTimeout(() => stream.cancel(), 1_500);
      });
      stream.on("error", (_: ServiceError) => {}); // the status says it all
      stream.on("status", ({ details, metadata: trailers }: StatusObject) => {
        clearTimeout(timer);
        const [detail] = trailers.get("grpc-status-details-bin");
        resolve(
          [...messages, Buffer.from(details), Buffer.from(detail ?? "")]
            .map((each) => each.toString("latin1"))
            .join("\n"),
        );
      });
    });
  }

  it("cannot be found out by choosing or ordering by them", async () => {
    const { PERMISSION_DENIED, OK } = StatusCode;
    const { watch, previewSignal } = Process.method;
    const all: [Role, number][] = [
      ["viewer", PERMISSION_DENIED],
      ["cmdline", OK],
    ];
    for (const [role, code] of all) {
      const filtered = await codeOf(role, describeMethod(watch).path, watch.input, {
        anyOf: [{ allOf: [{ key: ProcessKey.CMDLINE, comparison: Comparison.PREFIX, text: "x" }] }],
      });
      const ordered = await codeOf(role, describeMethod(watch).path, watch.input, {
        orderBy: ProcessKey.CMDLINE,
        limit: 1,
      });
      expect([filtered, ordered], role).to.deep.equal([code, code]);
    }
    expect(
      await codeOf("owner", describeMethod(previewSignal).path, previewSignal.input, {
        selector: { cmdline: "no such thing anywhere" },
        signal: 15,
      }),
    ).to.equal(OK);
  });

  /** The code that a call ends with; OK for one that gives a message. */
  function codeOf<D extends DescMessage>(
    role: Role,
    path: string,
    desc: D,
    init: MessageInitShape<D>,
  ): Promise<number> {
    const identity = (bytes: Buffer): Buffer => bytes;
    const request = Buffer.from(toBinary(desc, create(desc, init)));
    const stream = client.makeServerStreamRequest(path, identity, identity, request, bearer(tokens.get(role) ?? ""));
    return new Promise((resolve) => {
      stream.on("data", () => {
        resolve(StatusCode.OK);
        stream.cancel();
      });
      stream.on("error", (_: ServiceError) => {}); // the status says it all
      stream.on("status", ({ code }: StatusObject) => resolve(code));
    });
  }
});
