// SPDX-License-Identifier: Apache-2.0

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { AGENT_MAIN } from "../support/agent-process.ts";
import { requireMachine, requireOracle } from "../support/oracle.ts";
import { plainEnvironment } from "../support/plain-environment.ts";

const DEPLOY = fileURLToPath(new URL("../../packages/agent/deploy", import.meta.url));
const UNITS = join(DEPLOY, "systemd");
const read = (name: string): string => readFileSync(join(DEPLOY, name), "utf8");

/** Most exposure that systemd may find, of 10. */
const EXPOSURE: Readonly<Record<string, number>> = {
  "hostscope-agent.service": 2.5,
  "hostscope-core.service": 2.5,
  "hostscope-core-control.service": 3.2,
};

function run(program: string, ...args: string[]) {
  return spawnSync(program, args, { encoding: "utf8", env: plainEnvironment(), timeout: 60_000 });
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
      const { status, stdout, stderr } = run(process.execPath, ...args);
      expect({ status, stdout, stderr }).to.deep.equal({
        status: 0,
        stdout: "the configuration is sound\n",
        stderr: "",
      });
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
