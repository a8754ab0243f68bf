// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { AGENT_MAIN } from "../support/agent-process.ts";
import { requireMachine, requireOracle, requireRoot } from "../support/oracle.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const DEPLOY = fileURLToPath(new URL("../../packages/agent/deploy", import.meta.url));
const UNITS = join(DEPLOY, "systemd");
const read = (name: string): string => readFileSync(join(DEPLOY, name), "utf8");

const PAGE = readFileSync(fileURLToPath(new URL("../../docs/deployment.md", import.meta.url)), "utf8");
const NOBODY = 65534;
/** The exposure of each unit that the page gives, of 10. */
const EXPOSURE: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from(PAGE.matchAll(/^\| `(\S+\.service)`.* \| ([\d.]+) \|$/gm), ([, unit, exposure]) => [
    unit,
    Number(exposure),
  ]),
);

function run(program: string, ...args: string[]) {
  return spawnSync(program, args, { encoding: "utf8", env: plainEnvironment(), timeout: 60_000 });
}

/** Of a program that checks a configuration. */
function expectSound(program: string, ...args: string[]): void {
  const { status, stdout, stderr } = run(program, ...args);
  expect({ status, stdout, stderr }).to.deep.equal({ status: 0, stdout: "the configuration is sound\n", stderr: "" });
}

describe("What is deployed", () => {
  it("has a limit of exposure for each unit", () => {
    expect(readdirSync(UNITS).sort()).to.deep.equal(Object.keys(EXPOSURE).sort());
  });

  for (const [unit, most] of Object.entries(EXPOSURE)) {
    it(`${unit} is exposed ${most} of 10 at most, as systemd judges it`, function () {
      requireOracle.call(this, "systemd-analyze", run("systemd-analyze", "--version").status === 0);
      const { stdout, stderr } = run("systemd-analyze", "security", "--offline=true", join(UNITS, unit));
      expect(stderr).to.equal("");
      const score = stdout.match(/Overall exposure level for \S+: ([\d.]+)/)?.[1];
      expect(Number(score)).to.be.within(0.1, most);
    });

    it(`${unit} is a sound unit`, function () {
      requireOracle.call(this, "systemd-analyze", run("systemd-analyze", "--version").status === 0);
      const folder = mkdtempSync(join(tmpdir(), "hostscope-units-"));
      try {
        for (const name of readdirSync(UNITS)) {
          // The program is not installed here.
          const text = readFileSync(join(UNITS, name), "utf8").replaceAll("/usr/bin/hostscope-agent", "/bin/true");
          writeFileSync(join(folder, name), text);
        }
        const { status, stderr } = run("systemd-analyze", "verify", "--man=no", join(folder, unit));
        const complaints = stderr.split("\n").filter((line) => line.includes(folder) || line.includes(unit));
        expect({ status, complaints }).to.deep.equal({ status: 0, complaints: [] });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it("a configuration and a policy that an agent takes", function () {
    requireMachine.call(this, "a UNIX system", process.platform !== "win32");
    const folder = mkdtempSync(join(tmpdir(), "hostscope-etc-"));
    try {
      for (const name of ["run", "log"]) mkdirSync(join(folder, name));
      const here = (text: string) =>
        text
          .replaceAll("/run/hostscope/", `${folder}/run/`)
          .replaceAll("/var/log/hostscope/", `${folder}/log/`)
          .replaceAll("hostscope-users", "root");
      for (const name of ["agent.yaml", "policy.yaml"]) {
        writeFileSync(join(folder, name), here(read(name)));
        chmodSync(join(folder, name), 0o644);
      }
      const config = join(folder, "agent.yaml");
      const args = ["--import", "tsx", AGENT_MAIN, "--config", config, "--check-config"];
      expectSound(process.execPath, ...args);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("an agent for the network, with what init-tls made, by the lines of the page", function () {
    this.timeout(120_000);
    requireRoot.call(this);
    const folder = mkdtempSync(join(tmpdir(), "hostscope-etc-"));
    const agent = (...args: string[]) => [
      process.execPath,
      "--import",
      import.meta.resolve("tsx"),
      AGENT_MAIN,
      ...args,
    ];
    try {
      chmodSync(folder, 0o755);
      for (const name of ["etc/tls", "run", "log"]) mkdirSync(join(folder, name), { recursive: true });
      for (const name of ["run", "log"]) chownSync(join(folder, name), NOBODY, NOBODY);
      const [program = "", ...args] = agent("init-tls", join(folder, "fleet"), "--hosts", "db1.example");
      expect(run(program, ...args)).to.include({ status: 0 });
      const install = /^install .*\/etc\/hostscope\/tls\//m.exec(PAGE)?.[0] ?? "";
      const line = install.replace("/etc/hostscope", join(folder, "etc")).replace("-g hostscope", `-g ${NOBODY}`);
      expect(run("sh", "-c", `cd ${join(folder, "fleet")} && ${line}`)).to.include({ status: 0, stderr: "" });
      const uncommented = read("agent.yaml")
        .replace(/^# (tls-cert|tls-key|client-ca):/gm, "$1:")
        .replace(/^ {2}# - 0\.0\.0\.0/m, "  - 0.0.0.0")
        .replaceAll("/run/hostscope/", `${folder}/run/`)
        .replaceAll("/var/log/hostscope/", `${folder}/log/`)
        .replace("hostscope-users", String(NOBODY));
      expect(uncommented.match(/^(tls-|client-ca| {2}- 0\.)/gm)).to.have.length(4);
      writeFileSync(join(folder, "etc/agent.yaml"), uncommented);
      writeFileSync(join(folder, "etc/policy.yaml"), read("policy.yaml").replaceAll("hostscope-users", String(NOBODY)));
      const asFront = ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups"];
      const check = agent("--config", join(folder, "etc/agent.yaml"), "--check-config");
      expectSound("setpriv", ...asFront, "--", ...check);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("a configuration that names only flags that there are, commented ones too", () => {
    const help = run(process.execPath, "--import", "tsx", AGENT_MAIN, "--help").stdout;
    const keys = [...read("agent.yaml").matchAll(/^(?:# )?([a-z-]+):(?: |$)/gm)].map(([, key]) => key);
    expect(keys).to.include.members(["listen", "tls-cert", "metrics"]);
    for (const key of keys) expect(help, key).to.contain(`  --${key} `);
  });
});
