// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { expect } from "chai";
import { parseCommand } from "./config.ts";
import { helpText } from "./flags.ts";

function usage(...args: string[]): string {
  const command = parseCommand(args);
  return command.kind === "usage" ? command.message : `no complaint: ${JSON.stringify(command)}`;
}

describe("agent flags", () => {
  it("have defaults", () => {
    expect(parseCommand([])).to.deep.equal({
      kind: "run",
      config: {
        listen: [{ host: "127.0.0.1", port: 7440 }],
        socketGroup: null,
        pipeGroup: null,
        tls: null,
        tokens: null,
        policy: null,
        audit: null,
        limits: {},
        logLevel: "info",
        logFile: null,
        procfs: null,
        sysfs: null,
        rootfs: null,
        protect: [],
        allowExec: false,
        stateDir: null,
        core: null,
        serveCore: null,
        frontUser: null,
        graceMs: 5000,
        metrics: null,
        metricsGroups: 50,
        maxCpuPercent: null,
        maxRssBytes: null,
        checkConfig: false,
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
      "--log-file=/agent.log",
    ];
    const trust = [
      "--listen=unix:/run/hostscope/../hostscope/agent.sock",
      "--listen=npipe:////./pipe/hostscope",
      "--socket-group=4711",
      "--pipe-group=S-1-5-32-545",
      "--tls-cert=/tls.crt",
      "--tls-key=/tls.key",
      "--client-ca=ca.crt",
      "--tokens=/tokens.json",
      "--policy=/policy.yaml",
      "--audit=/audit.jsonl",
      "--limit=connections=10",
      "--limit=watches=5",
    ];
    expect(parseCommand([...args, ...budget, ...others, ...trust])).to.deep.equal({
      kind: "run",
      config: {
        listen: [{ host: "::1", port: 0 }, { path: "/run/hostscope/agent.sock" }, { pipe: "\\\\.\\pipe\\hostscope" }],
        socketGroup: 4711,
        pipeGroup: "S-1-5-32-545",
        tls: { cert: "/tls.crt", key: "/tls.key", clientCa: join(process.cwd(), "ca.crt") },
        tokens: "/tokens.json",
        policy: "/policy.yaml",
        audit: "/audit.jsonl",
        limits: { connections: 10, watches: 5 },
        logLevel: "debug",
        logFile: "/agent.log",
        procfs: "/",
        sysfs: process.cwd(),
        rootfs: "/",
        protect: ["sshd", "postgres", "a b"],
        allowExec: true,
        stateDir: join(process.cwd(), "state"),
        core: null,
        serveCore: null,
        frontUser: null,
        graceMs: 0,
        metrics: { host: "127.0.0.1", port: 9100 },
        metricsGroups: 7,
        maxCpuPercent: 2,
        maxRssBytes: 200 * 1024 * 1024,
        checkConfig: false,
        exitWithParent: true,
      },
    });
  });

  it("divide an agent into a core and its front", () => {
    const configOf = (...args: string[]) => {
      const command = parseCommand(args);
      return command.kind === "run" ? command.config : command;
    };
    expect(configOf("--core=/run/core.sock", "--listen=unix:/run/a.sock")).to.include({ core: "/run/core.sock" });
    const core = configOf("--serve-core=/run/core.sock", "--front-user=root", "--protect=sshd", "--procfs=/");
    expect(core).to.deep.include({ serveCore: "/run/core.sock", frontUser: { uid: 0, gid: 0 } });
    expect(usage("--serve-core=/a", "--listen=127.0.0.1:1")).to.match(/^--listen is for the front/);
    expect(usage("--serve-core=/a", "--core=/b")).to.match(/^--core is for the front/);
    expect(usage("--core=/a", "--protect=sshd")).to.match(/^--protect is for the core/);
    expect(usage("--front-user=root")).to.match(/^--front-user is for a core/);
    expect(usage("--serve-core=/a", "--front-user=no such user")).to.match(/^--front-user: there is no user "no such/);
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
    expect(usage("--listen", "0.0.0.0:1", "--tls-cert=a", "--tls-key=b")).to.match(
      /^--listen: TLS alone lets everybody in/,
    );
    expect(usage("--tls-cert=a")).to.equal("TLS needs --tls-key, too");
    expect(usage("--client-ca=a")).to.equal("TLS needs --tls-cert, too");
    expect(usage("--listen", "unix:agent.sock")).to.match(/^--listen: "agent.sock" is not an absolute path/);
    expect(usage("--listen", `unix:/${"x".repeat(100)}`)).to.match(
      /has 101 bytes; the path of a socket has 100 at most$/,
    );
    for (const bad of [
      "npipe:hostscope",
      "npipe://./pipe/x",
      "npipe:////db7/pipe/x",
      "npipe:////./pipe/",
      "npipe:////./pipe/a/b",
    ]) {
      expect(usage("--listen", bad)).to.match(/^--listen: ".*" is no named pipe of this machine, e.g. npipe:/);
    }
    for (const bad of ["Users", "S-1", "S-1-5-032", "S-1-5-32-545)(A;;GA;;;WD"]) {
      expect(usage("--pipe-group", bad)).to.match(/^--pipe-group: ".*" is no SID/);
    }
    expect(usage("--socket-group", "no such group")).to.match(/^--socket-group: there is no group "no such group"/);
    expect(usage("--limit", "watch=5")).to.equal('--limit: there is no limit "watch"; did you mean watches?');
    for (const bad of ["watches", "watches=0", "watches=-1", "watches=1e3", "watches=9999999"]) {
      expect(usage("--limit", bad)).to.match(/^--limit: watches needs a number from 1 to 1000000: watches=256$/);
    }
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
    expect(usage("--listen")).to.equal("--listen needs a value: --listen ADDRESS");
    expect(usage("--listen=")).to.equal("--listen needs a value: --listen ADDRESS");
    expect(usage("--procfs", "--exit-with-parent")).to.equal("--procfs needs a value: --procfs DIR");
    expect(usage("--exit-with-parent=yes")).to.equal("--exit-with-parent takes no value");
    expect(usage("run")).to.equal('unexpected argument "run"');
    expect(usage("--", "x")).to.equal('unexpected argument "x"');
  });

  it("give help and version even beside mistakes in values", () => {
    expect(parseCommand(["--help", "--listen", "junk"])).to.deep.equal({ kind: "help" });
    expect(parseCommand(["--version"])).to.deep.equal({ kind: "version" });
    const flags = ["listen", "log-level", "procfs", "sysfs", "rootfs", "allow-exec", "grace-ms", "exit-with-parent"];
    const trust = ["socket-group", "pipe-group", "log-file", "tls-cert", "tls-key", "client-ca", "tokens", "limit"];
    for (const flag of [...flags, ...trust, "metrics", "metrics-groups", "max-cpu", "max-rss"]) {
      expect(helpText()).to.contain(`--${flag}`);
    }
    for (const limit of ["connections=1024", "connections-per-address=64", "handshake-ms=5000", "watches=256"]) {
      expect(helpText()).to.contain(limit);
    }
    for (const command of ["init-tls", "token", "service"]) expect(helpText()).to.contain(`  ${command} `);
  });
});
