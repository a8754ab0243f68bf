// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StatusCode, StatusError } from "@hostscope/proto";
import { expect } from "chai";
import { createCollector } from "./create-collector.ts";
import { type AddonLoader, loadAddon } from "./load-addon.ts";

const require = createRequire(import.meta.url);
const HERE = `${process.platform}-${process.arch}`;
const ELSEWHERE = process.platform === "win32" ? "linux-x64" : "win32-x64";

/** node-gyp-build as it is, on another folder. */
function loaderOf(directory: string): AddonLoader {
  return { directory, resolve: require("node-gyp-build").resolve, load: (path) => require(path) };
}

function failure(load: () => unknown): StatusError {
  try {
    load();
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error("it loaded");
}

describe("Loading the addon", () => {
  let top: string;
  let directory: string;
  const write = (path: string, content: string) => {
    mkdirSync(join(directory, path, ".."), { recursive: true });
    writeFileSync(join(directory, path), content);
  };
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), "hostscope-addon-"));
    directory = join(top, "packages", "native");
    write("package.json", '{"name": "@hostscope/native", "version": "1.2.3"}');
  });
  afterEach(() => rmSync(top, { recursive: true }));

  it("gives the addon of this package", () => {
    const addon = loadAddon();
    expect(addon.version).to.match(/^\d+\.\d+\.\d+$/);
    expect(addon.NativeCollector).to.be.a("function");
  });

  it("says what was looked for where, and which release is needed, if there is none", () => {
    const error = failure(() => loadAddon(loaderOf(directory)));
    expect(error.code).to.equal(StatusCode.UNAVAILABLE);
    expect(error.message).to.contain(`no native addon for ${process.platform} ${process.arch}`);
    if (process.platform === "linux") expect(error.message).to.match(/, (glibc \d+\.\d+|musl), Node \d/);
    expect(error.message).to.contain(`no addon in ${join(directory, "build", "Release")}`);
    expect(error.message).to.contain(`no addon in ${join(directory, "prebuilds", HERE)}`);
    expect(error.message).to.contain("has none for any platform");
    expect(error.message).to.contain(`a release of @hostscope/native that has prebuilds/${HERE}`);
    expect(error.cause).to.be.an("error");
  });

  it("says which command builds it in a checkout", () => {
    mkdirSync(join(top, "scripts"));
    writeFileSync(join(top, "scripts", "setup.mjs"), "");
    expect(failure(() => loadAddon(loaderOf(directory))).message).to.contain("Run `node scripts/setup.mjs`");
  });

  it("names the platforms that there are addons for", () => {
    write(`prebuilds/${ELSEWHERE}/node.napi.node`, "");
    expect(failure(() => loadAddon(loaderOf(directory))).message).to.contain(`there are some for ${ELSEWHERE}`);
  });

  it("passes on why a file cannot be loaded", () => {
    write(`prebuilds/${HERE}/node.napi.node`, "not a library");
    const error = failure(() => loadAddon(loaderOf(directory)));
    expect(error.code).to.equal(StatusCode.UNAVAILABLE);
    expect(error.message).to.contain("cannot be loaded");
    expect(error.message).to.contain(`${join(directory, "prebuilds", HERE, "node.napi.node")}: `);
    expect((error.cause as NodeJS.ErrnoException).code).to.equal("ERR_DLOPEN_FAILED");
  });

  it("refuses an addon of another version", () => {
    const loader = { directory, resolve: () => "/x.node", load: () => ({ version: "1.2.2" }) };
    expect(failure(() => loadAddon(loader)).message).to.contain("/x.node is of version 1.2.2, the package is 1.2.3");
    expect(failure(() => loadAddon({ ...loader, load: () => ({}) })).message).to.contain("of version unknown");
  });

  it("is what createCollector does, after it has looked at the options", () => {
    expect(failure(() => createCollector({}, loaderOf(directory))).code).to.equal(StatusCode.UNAVAILABLE);
    expect(() => createCollector({ maxThreads: 0 }, loaderOf(directory))).to.throw(RangeError);
  });
});
