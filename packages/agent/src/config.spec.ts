// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { expect } from "chai";
import { helpText, parseCommand } from "./config.ts";

function usage(...args: string[]): string {
  const command = parseCommand(args);
  return command.kind === "usage" ? command.message : `no complaint: ${JSON.stringify(command)}`;
}

describe("agent flags", () => {
  it("have defaults", () => {
    expect(parseCommand([])).to.deep.equal({
      kind: "run",
      config: {
        listen: { host: "127.0.0.1", port: 7440 },
        logLevel: "info",
        procfs: null,
        sysfs: null,
        rootfs: null,
        protect: [],
        allowExec: false,
        stateDir: null,
        graceMs: 5000,
        metrics: null,
        metricsGroups: 50,
        maxCpuPercent: null,
        maxRssBytes: null,
        exitWithParent: false,
      },
    });
  });

  it("are all read, with = or as two words", () => {
    const args = ["--listen=[::1]:0", "--log-level", "debug", "--procfs", "/", "--sysfs=.", "--grace-ms", "0"];
    const budget = ["--metrics", "localhost:9100", "--metrics-groups=7", "--max-cpu=2%", "--max-rss", "200M"];
    const others = [
      "--rootfs",
      "/",
      "--allow-exec",
      "--exit-with-parent",
      "--protect",
      "sshd,postgres",
      "--protect=a b",
      "--state-dir=state",
    ];
    expect(parseCommand([...args, ...budget, ...others])).to.deep.equal({
      kind: "run",
      config: {
        listen: { host: "::1", port: 0 },
        logLevel: "debug",
        procfs: "/",
        sysfs: process.cwd(),
        rootfs: "/",
        protect: ["sshd", "postgres", "a b"],
        allowExec: true,
        stateDir: join(process.cwd(), "state"),
        graceMs: 0,
        metrics: { host: "127.0.0.1", port: 9100 },
        metricsGroups: 7,
        maxCpuPercent: 2,
        maxRssBytes: 200 * 1024 * 1024,
        exitWithParent: true,
      },
    });
  });

  it("name the nearest flag for an unknown one", () => {
    expect(usage("--listne", "127.0.0.1:1")).to.equal("unknown flag --listne; did you mean --listen?");
    expect(usage("--loglevel=debug")).to.equal("unknown flag --loglevel; did you mean --log-level?");
    expect(usage("--zzzzzzzzzz")).to.equal("unknown flag --zzzzzzzzzz");
    expect(usage("-l")).to.contain("unknown flag -l");
    expect(usage("--no-help")).to.contain("unknown flag --no-help");
    expect(usage("--__proto__=1")).to.contain("unknown flag --__proto__");
    expect(usage("--constructor")).to.contain("unknown flag --constructor");
  });

  it("say what is wrong with a value, and with which flag", () => {
    expect(usage("--listen", "0.0.0.0:1")).to.match(/^--listen: 0\.0\.0\.0 is not a loopback address/);
    expect(usage("--log-level", "loud")).to.match(/^--log-level: "loud" is not one of trace, /);
    for (const bad of ["a,,b", ",", " "]) expect(usage(`--protect=${bad}`)).to.match(/^--protect: ".*" has an empty/);
    for (const bad of ["-1", "1.5", "1e3", "99999999", "abc", " 5"]) {
      expect(usage(`--grace-ms=${bad}`)).to.match(/^--grace-ms: ".*" is not a number/);
    }
    expect(usage("--procfs", "/nowhere/at all")).to.contain('--procfs: "/nowhere/at all" is not a directory');
    for (const bad of [import.meta.filename, "a\0b", "x".repeat(10_000)]) {
      expect(usage("--sysfs", bad)).to.match(/^--sysfs: ".*" is not a directory/);
      expect(usage("--rootfs", bad)).to.match(/^--rootfs: ".*" is not a directory/);
    }
    expect(usage("--metrics", "0.0.0.0:9100")).to.match(/^--metrics: 0\.0\.0\.0 is not a loopback address/);
    expect(usage("--metrics-groups", "1001")).to.match(/^--metrics-groups: "1001" is not a number from 0 to 1000/);
    expect(usage("--max-cpu", "2")).to.match(/^--max-cpu: "2" is not a share of one CPU/);
    expect(usage("--max-rss", "200")).to.match(/^--max-rss: "200" is not an amount of memory/);
    expect(usage("--listen")).to.equal("--listen needs a value: --listen HOST:PORT");
    expect(usage("--listen=")).to.equal("--listen needs a value: --listen HOST:PORT");
    expect(usage("--procfs", "--exit-with-parent")).to.equal("--procfs needs a value: --procfs DIR");
    expect(usage("--exit-with-parent=yes")).to.equal("--exit-with-parent takes no value");
    expect(usage("run")).to.equal('unexpected argument "run"');
    expect(usage("--", "x")).to.equal('unexpected argument "x"');
  });

  it("give help and version even beside mistakes in values", () => {
    expect(parseCommand(["--help", "--listen", "junk"])).to.deep.equal({ kind: "help" });
    expect(parseCommand(["--version"])).to.deep.equal({ kind: "version" });
    const flags = ["listen", "log-level", "procfs", "sysfs", "rootfs", "allow-exec", "grace-ms", "exit-with-parent"];
    for (const flag of [...flags, "metrics", "metrics-groups", "max-cpu", "max-rss"]) {
      expect(helpText()).to.contain(`--${flag}`);
    }
  });
});
