// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { helpText, parseCommand } from "./flags.ts";

function mistake(...args: string[]): string {
  const command = parseCommand(args);
  if (command.kind !== "usage") throw new Error(`accepted: ${args.join(" ")}`);
  return command.message;
}

describe("command line", () => {
  it("shows the host live unless told otherwise", () => {
    expect(parseCommand([])).to.deep.equal({ kind: "live", from: null });
  });

  it("knows one snapshot, as text and as JSON", () => {
    expect(parseCommand(["--once"])).to.deep.equal({ kind: "once", json: false, from: null });
    expect(parseCommand(["--json", "--once"])).to.deep.equal({ kind: "once", json: true, from: null });
  });

  it("knows a host whose agent runs already, and how the two are known to each other", () => {
    const target = "https://db1.example:7443";
    const from = (...args: string[]) => {
      const command = parseCommand([...args, target]);
      if (command.kind !== "live") throw new Error(`no view but ${JSON.stringify(command)}`);
      return command.from;
    };
    expect(from()).to.deep.equal({ target, options: { insecure: false, credentials: undefined } });
    expect(from("--insecure")?.options.insecure).to.equal(true);
    const { credentials } =
      from("--ca", "ca.crt", "--cert=tls.crt", "--key", "tls.key", "--server-name", "db1")?.options ?? {};
    expect(credentials).to.deep.include({ ca: "ca.crt", cert: "tls.crt", key: "tls.key", serverName: "db1" });
    expect(from("--token-file", "token")?.options.credentials).to.deep.include({ tokenFile: "token" });
    expect(parseCommand(["--once", "--json", target])).to.deep.include({ kind: "once", json: true });
  });

  it("runs the agent alone with its own flags, on a free port if none is named", () => {
    const agentArgs = (...args: string[]) => parseCommand(["--agent-only", ...args]);
    expect(agentArgs("--listen", "127.0.0.1:7440")).to.deep.equal({
      kind: "agent",
      args: ["--listen", "127.0.0.1:7440"],
    });
    expect(agentArgs("--listen=[::1]:0")).to.deep.equal({ kind: "agent", args: ["--listen=[::1]:0"] });
    expect(agentArgs()).to.deep.equal({ kind: "agent", args: ["--listen", "127.0.0.1:0"] });
    const args = ["--procfs", "/host/proc", "--help", "--listen", "127.0.0.1:0"];
    expect(agentArgs("--procfs", "/host/proc", "--help")).to.deep.equal({ kind: "agent", args });
  });

  it("runs the agent's commands as they are", () => {
    const args = ["init-tls", "pki", "--hosts", "db7"];
    expect(parseCommand(["--agent-only", ...args])).to.deep.equal({ kind: "agent", args });
  });

  it("helps, whatever else is given, and names every flag", () => {
    expect(parseCommand(["--help", "--once"]).kind).to.equal("help");
    expect(parseCommand(["-h"]).kind).to.equal("help");
    for (const flag of ["--once", "--json", "--agent-only", "--help"]) expect(helpText()).to.contain(flag);
  });

  it("names the flag that an unknown one is most like", () => {
    expect(mistake("--onec")).to.equal("unknown flag --onec; did you mean --once?");
    expect(mistake("--agent-olny")).to.contain("--agent-only");
    expect(mistake("--frobnicate")).to.equal("unknown flag --frobnicate; flags of the agent need --agent-only");
    expect(mistake("-x")).to.contain("unknown flag -x");
  });

  it("refuses flags that contradict each other", () => {
    expect(mistake("--agent-only", "--once")).to.contain("--once");
    expect(mistake("--agent-only", "--json")).to.contain("--json");
    expect(mistake("--listen=127.0.0.1:1")).to.contain("--agent-only");
    expect(mistake("--json")).to.contain("--once");
    expect(mistake("--once", "--once")).to.contain("twice");
  });

  it("refuses superfluous and stray words, and prints them harmlessly", () => {
    expect(mistake("--once=yes")).to.contain("takes no value");
    expect(mistake("local:", "\x1b[2J")).to.equal('unexpected argument "\\x1b[2J": there is a target already');
    expect(mistake("local:", "--ca")).to.equal("--ca needs a value");
    expect(mistake("local:", "--ca=")).to.equal("--ca needs a value");
    expect(mistake("--ca", "--once", "local:")).to.equal("--ca needs a value");
    expect(mistake("--token-file", "token")).to.contain("need a TARGET");
    expect(mistake("--insecure")).to.contain("need a TARGET");
  });
});
