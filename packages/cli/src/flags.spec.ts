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
    expect(parseCommand([])).to.deep.equal({ kind: "live" });
  });

  it("knows one snapshot, as text and as JSON", () => {
    expect(parseCommand(["--once"])).to.deep.equal({ kind: "once", json: false });
    expect(parseCommand(["--json", "--once"])).to.deep.equal({ kind: "once", json: true });
  });

  it("runs the agent alone, on a free port if none is named", () => {
    expect(parseCommand(["--agent-only", "--listen", "127.0.0.1:7440"])).to.deep.equal({
      kind: "agent",
      listen: "127.0.0.1:7440",
    });
    expect(parseCommand(["--agent-only", "--listen=[::1]:0"])).to.deep.equal({ kind: "agent", listen: "[::1]:0" });
    expect(parseCommand(["--agent-only"])).to.deep.equal({ kind: "agent", listen: "127.0.0.1:0" });
  });

  it("helps, whatever else is given, and names every flag", () => {
    expect(parseCommand(["--help", "--once"]).kind).to.equal("help");
    expect(parseCommand(["-h"]).kind).to.equal("help");
    for (const flag of ["--once", "--json", "--agent-only", "--listen HOST:PORT", "--help"])
      expect(helpText()).to.contain(flag);
  });

  it("names the flag that an unknown one is most like", () => {
    expect(mistake("--onec")).to.equal("unknown flag --onec; did you mean --once?");
    expect(mistake("--agent-olny")).to.contain("--agent-only");
    expect(mistake("--lisen", "x")).to.contain("--listen");
    expect(mistake("--frobnicate")).to.equal("unknown flag --frobnicate");
    expect(mistake("-x")).to.equal("unknown flag -x");
  });

  it("refuses flags that contradict each other", () => {
    expect(mistake("--agent-only", "--once")).to.contain("--once");
    expect(mistake("--agent-only", "--json")).to.contain("--json");
    expect(mistake("--listen", "127.0.0.1:1")).to.contain("--agent-only");
    expect(mistake("--json")).to.contain("--once");
    expect(mistake("--once", "--once")).to.contain("twice");
  });

  it("refuses missing, superfluous and stray words, and prints them harmlessly", () => {
    expect(mistake("--agent-only", "--listen")).to.contain("needs a value");
    expect(mistake("--listen", "--agent-only")).to.contain("needs a value");
    expect(mistake("--once=yes")).to.contain("takes no value");
    expect(mistake("\x1b[2J")).to.equal('unexpected argument "\\x1b[2J"');
  });
});
