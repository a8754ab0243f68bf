// SPDX-License-Identifier: Apache-2.0

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fromBinary } from "@bufbuild/protobuf";
import { type AddonLoader, createCollector } from "@hostscope/native";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";
import { expect } from "chai";

const packageRequire = createRequire(fileURLToPath(import.meta.resolve("@hostscope/native")));
const NATIVE = dirname(packageRequire.resolve("../package.json"));
const CACHE = join(NATIVE, "node_modules", ".cache");
const PLATFORM = { win32: "windows", darwin: "macos" }[process.platform as string] ?? process.platform;
/** What a build reads. */
const INPUTS = ["src", "binding.gyp", "sources.cjs", "package.json", "node_modules"];

function contentHash(): string {
  const hash = createHash("sha256").update(process.version);
  const add = (path: string) => hash.update(path).update(readFileSync(join(NATIVE, path)));
  const sources = readdirSync(join(NATIVE, "src"), { recursive: true, encoding: "utf8" }).sort();
  for (const name of sources) if (/\.(cc|h|map)$/.test(name) && !name.endsWith("_test.cc")) add(join("src", name));
  for (const name of ["binding.gyp", "sources.cjs", "unity.cjs", "package.json"]) add(name);
  return hash.digest("hex").slice(0, 16);
}

/** Compiles the backend in a folder beside the real one, so that nobody else's build is touched. Returns the addon. */
async function buildUnsupported(): Promise<string> {
  const folder = join(CACHE, `unsupported-${contentHash()}`);
  const addon = join(folder, "build", "Release", "hostscope.node");
  if (existsSync(addon)) return addon;
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of INPUTS) symlinkSync(join(NATIVE, name), join(folder, name));
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, "include", "node", "node_api.h")) ? [`--nodedir=${prefix}`] : [];
  const gyp = packageRequire.resolve("node-gyp/bin/node-gyp.js");
  const args = [gyp, "rebuild", "-C", folder, "-j", "2", ...headers, "--", "-Dhostscope_backend=unsupported"];
  // It is compiled for its errors, not for its speed.
  await promisify(execFile)(process.execPath, args, { env: { ...process.env, CXXFLAGS: "-O0" }, maxBuffer: 1 << 26 });
  return addon;
}

async function statusOf(answer: Promise<unknown>): Promise<StatusError> {
  const error = await answer.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  if (error instanceof StatusError) return error;
  throw error;
}

const detailOf = ({ detail }: StatusError) => fromBinary(ErrorDetailSchema, detail ?? new Uint8Array());

describe("The backend for a platform without one", () => {
  let collector: Transport;
  before(async function () {
    this.timeout(600_000);
    const path = await buildUnsupported();
    const load = (file: string) => packageRequire(file);
    const loader: AddonLoader = { directory: NATIVE, resolve: () => path, load };
    collector = createCollector({}, loader);
  });
  after(() => collector?.close());

  it("compiles, and says of a value that this platform does not have it", async () => {
    const error = await statusOf(collector.unary(describeMethod(System.method.virtualMemory), new Uint8Array(), {}));
    expect(error.code).to.equal(StatusCode.UNIMPLEMENTED);
    expect(error.message).to.equal(`System.VirtualMemory is not supported on ${PLATFORM}`);
    expect(detailOf(error)).to.deep.include({
      reason: ErrorReason.UNSUPPORTED,
      op: "System.VirtualMemory",
      platform: PLATFORM,
      retryable: false,
    });
  });

  it("answers no method at all, by whichever transport call", async () => {
    for (const method of [System, Process, Sensors, WinService].flatMap(({ methods }) => methods.map(describeMethod))) {
      const answer =
        method.kind === "unary"
          ? collector.unary(method, new Uint8Array(), {})
          : readAll(
              method.kind === "server_streaming"
                ? collector.serverStream(method, new Uint8Array(), {})
                : collector.bidiStream(method, readOf([]), {}),
            );
      const error = await statusOf(answer);
      // A required field that is missing is wrong on any platform.
      expect(error.code, method.path).to.be.oneOf([StatusCode.UNIMPLEMENTED, StatusCode.INVALID_ARGUMENT]);
      if (error.code !== StatusCode.UNIMPLEMENTED) continue;
      const { reason, platform } = detailOf(error);
      // That one is switched off wherever nobody has switched it on.
      if (method.name === "Popen") expect(reason).to.equal(ErrorReason.DISABLED);
      else expect(platform, method.path).to.equal(PLATFORM);
    }
  });
});

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of stream);
}

async function* readOf(messages: Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* messages;
}
