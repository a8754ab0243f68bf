// SPDX-License-Identifier: Apache-2.0
// The packages as a user gets them: packed, unpacked into an empty folder, used there by plain Node.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { expect } from "chai";
import { publishedPackages } from "../../scripts/lib/build-packages.mjs";
import { layOutConsumer } from "../../scripts/lib/consumer.mjs";
import { NATIVE, ROOT } from "../../scripts/lib/paths.mjs";
import { TSC } from "../../scripts/lib/run-captured.mjs";
import { filesBelow } from "../../scripts/lib/stamp.mjs";

const run = promisify(execFile);
const LIMIT = { timeout: 60_000 };
/** Nothing that helps this checkout's own sources to run. */
const { NODE_OPTIONS: _, ...env } = process.env;

const SCRIPTS_OF_INSTALLS = ["preinstall", "install", "postinstall", "prepare"];

/** All places that a manifest's exports and bin point to. */
function targetsOf(entry) {
  if (typeof entry === "string") return [entry];
  return entry === undefined ? [] : Object.values(entry).flatMap(targetsOf);
}

/** What a program fails with. */
async function failureOf(program, folder) {
  const ended = await run(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    env,
    ...LIMIT,
  }).then(
    () => ({ stderr: "it did not fail" }),
    (error) => error,
  );
  return ended.stderr;
}

describe("The packages, packed", function () {
  this.timeout(180_000);
  this.slow(30_000);

  let folder;
  const packed = (name, ...path) => join(folder, "node_modules", name, ...path);
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-packages-"));
    await layOutConsumer(folder);
    // The addon of this checkout, whatever was built for publishing, and when.
    const prebuilds = packed("@hostscope/native", "dist", "prebuilds");
    rmSync(prebuilds, { recursive: true, force: true });
    cpSync(join(NATIVE, "prebuilds"), prebuilds, { recursive: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are those that a user needs, in one version", () => {
    const names = ["@hostscope/agent", "@hostscope/client", "@hostscope/native", "@hostscope/proto"];
    const found = publishedPackages();
    expect(found.map(({ name }) => name)).to.have.members(names);
    expect(new Set(found.map(({ version }) => version)).size).to.equal(1);
  });

  for (const { name } of publishedPackages()) {
    it(`${name} needs no compiler, no script and nothing of this workspace`, () => {
      const manifest = JSON.parse(readFileSync(packed(name, "package.json"), "utf8"));
      expect(Object.keys(manifest.scripts ?? {})).not.to.include.members(SCRIPTS_OF_INSTALLS);
      // npm would run node-gyp where this lies.
      expect(existsSync(packed(name, "binding.gyp"))).to.equal(false);
      expect(JSON.stringify(manifest)).not.to.contain("workspace:");
      for (const file of ["LICENSE", "README.md"]) expect(existsSync(packed(name, file)), file).to.equal(true);
      const targets = [...targetsOf(manifest.exports), ...targetsOf(manifest.bin)];
      expect(targets).not.to.be.empty;
      for (const target of targets.filter((each) => !each.includes("*")))
        expect(existsSync(packed(name, target)), target).to.equal(true);
      const sources = filesBelow(packed(name)).filter((file) => /(?<!\.d)\.ts$|\.spec\.|spec-support/.test(file));
      expect(sources).to.deep.equal([]);
    });
  }

  it("read this machine, and another one through the agent's program", async () => {
    copyFileSync(join(ROOT, "scripts", "smoke", "consumer.mjs"), join(folder, "first.mjs"));
    const first = await run(process.execPath, ["first.mjs"], { cwd: folder, env, ...LIMIT });
    const { processes, name } = JSON.parse(first.stdout);
    expect(processes).to.be.greaterThan(1);
    expect(name).to.be.a("string");

    const main = packed(
      "@hostscope/agent",
      JSON.parse(readFileSync(packed("@hostscope/agent", "package.json"), "utf8")).bin["hostscope-agent"],
    );
    // What a shell, or npx, needs to start it.
    expect(readFileSync(main, "utf8")).to.match(/^#!\/usr\/bin\/env node\n/);
    const flags = [
      "--listen",
      "127.0.0.1:0",
      "--exit-with-parent",
      "--log-level",
      "error",
      "--state-dir",
      join(folder, "state"),
    ];
    const agent = spawn(process.execPath, [main, ...flags], { cwd: folder, env, stdio: ["pipe", "pipe", "inherit"] });
    try {
      const line = await createInterface({ input: agent.stdout })[Symbol.asyncIterator]().next();
      expect(line.value).to.match(/^grpc:\/\//);
      const program = `import { open } from "@hostscope/client"; const host = await open("${line.value}");
        console.log(await host.pidExists(${agent.pid})); await host.close();`;
      const asked = await run(process.execPath, ["--input-type=module", "--eval", program], {
        cwd: folder,
        env,
        ...LIMIT,
      });
      expect(asked.stdout).to.equal("true\n");
    } finally {
      const ended = once(agent, "exit");
      agent.kill("SIGTERM");
      await ended;
    }
  });

  it("have types that a strict compiler takes, and that find mistakes", async () => {
    const require = createRequire(join(ROOT, "package.json"));
    const types = join(folder, "node_modules", "@types");
    mkdirSync(types, { recursive: true });
    cpSync(join(require.resolve("@types/node/package.json"), ".."), join(types, "node"), {
      recursive: true,
      dereference: true,
    });
    cpSync(
      join(
        require.resolve("undici-types/package.json", { paths: [require.resolve("@types/node/package.json")] }),
        "..",
      ),
      join(folder, "node_modules", "undici-types"),
      { recursive: true },
    );
    const program = (use) => `import { open, type Host } from "@hostscope/client";
      import { createAgent } from "@hostscope/agent"; import { createCollector } from "@hostscope/native";
      import { StatusCode } from "@hostscope/proto"; import { System } from "@hostscope/proto/gen/system";
      export const parts = [createAgent, createCollector, StatusCode, System];
      const host: Host = await open("local:"); const { total } = await host.virtualMemory(); ${use}`;
    const flags = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--lib",
      "es2023,esnext.disposable",
      "--types",
      "node",
    ];
    const check = async (use) => {
      writeFileSync(join(folder, "program.ts"), program(use));
      return await run(process.execPath, [join(ROOT, "node_modules", TSC), ...flags, "program.ts"], {
        cwd: folder,
        env,
        ...LIMIT,
      }).then(
        () => "",
        ({ stdout }) => stdout,
      );
    };
    expect(await check("export const bytes: number = total;")).to.equal("");
    expect(await check("export const bytes: string = total;")).to.contain(
      "Type 'number' is not assignable to type 'string'",
    );
  });

  it("say what to do where there is no addon, and where the package of this machine is missing", async () => {
    const native = packed("@hostscope/native");
    const open = 'await (await import("@hostscope/client")).open("local:")';
    renameSync(join(native, "dist", "prebuilds"), join(folder, "put-aside"));
    const withoutAddon = await failureOf(open, folder);
    expect(withoutAddon).to.contain(`there is no native addon for ${process.platform} ${process.arch}`);
    expect(withoutAddon).to.contain("Hosts with an agent can be reached without it.");
    renameSync(native, join(folder, "native-put-aside"));
    expect(await failureOf(open, folder)).to.contain("install @hostscope/native");
    renameSync(join(folder, "native-put-aside"), native);
    renameSync(join(folder, "put-aside"), join(native, "dist", "prebuilds"));
  });
});
