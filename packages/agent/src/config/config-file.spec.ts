// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parseCommand } from "./config.ts";
import { parseConfigFile } from "./config-file.ts";

const FILE = "/etc/hostscope/agent.yaml";

function wrong(text: string): string {
  try {
    return `no complaint: ${JSON.stringify([...parseConfigFile(text, FILE)])}`;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("the configuration file", () => {
  it("has the flags for keys, lists where they may be given again, and paths from its own folder", () => {
    const text = `
# who may come
listen: [unix:/run/hostscope/agent.sock, "[::1]:7443"]
tls-cert: tls/server.crt
allow-exec: false
exit-with-parent: true
protect:
  - sshd
  - postgres
max-cpu: 2%
grace-ms: 100
`;
    expect(Object.fromEntries(parseConfigFile(text, FILE))).to.deep.equal({
      listen: "unix:/run/hostscope/agent.sock,[::1]:7443",
      "tls-cert": "/etc/hostscope/tls/server.crt",
      "exit-with-parent": "",
      protect: "sshd,postgres",
      "max-cpu": "2%",
      "grace-ms": "100",
    });
  });

  it("says where what is wrong", () => {
    expect(wrong("listne: a")).to.equal(`${FILE}:1:1: there is no key "listne" here; did you mean "listen"?`);
    expect(wrong("grace-ms: 1\ngrace-ms: 2")).to.match(/^.*:2:1: this key is there already$/);
    expect(wrong("allow-exec: yes")).to.match(/:1:13: there is no such value "yes"/);
    expect(wrong("grace-ms: [1]")).to.match(/:1:11: a value is missing here/);
    expect(wrong("listen: a,b")).to.match(/:1:9: write a list instead of commas/);
    expect(wrong("config: other.yaml")).to.match(/there is no key "config"/);
    expect(wrong("check-config: true")).to.match(/there is no key "check-config"/);
    expect(wrong("- listen")).to.match(/must be a map/);
    expect(wrong("listen: &a b")).to.match(/anchors are not allowed/);
    expect(wrong(": :")).to.contain(FILE);
  });

  describe("on disk", () => {
    const folder = mkdtempSync(join(tmpdir(), "hostscope-config-"));
    const file = join(folder, "agent.yaml");
    after(() => rmSync(folder, { recursive: true }));
    const write = (text: string, mode = 0o644) => {
      writeFileSync(file, text);
      chmodSync(file, mode);
    };

    it("gives way to the command line", () => {
      write("listen: 127.0.0.1:1\ngrace-ms: 7\nprotect: [a, b]\n");
      const command = parseCommand(["--config", file, "--listen=127.0.0.1:2", "--protect=c"]);
      if (command.kind !== "run") throw new Error(JSON.stringify(command));
      expect(command.config).to.deep.include({ listen: [{ host: "127.0.0.1", port: 2 }], graceMs: 7, protect: ["c"] });
    });

    it("is held to what holds of flags", () => {
      write("listen: 0.0.0.0:7443\n");
      expect(parseCommand(["--config", file])).to.deep.include({ kind: "usage" });
      write("core: /run/core.sock\nprotect: sshd\n");
      expect(parseCommand(["--config", file])).to.deep.include({ kind: "usage" });
    });

    it("is not read if others can write it, or if it is not there", () => {
      write("grace-ms: 7\n", 0o666);
      expect(parseCommand(["--config", file]))
        .to.have.property("message")
        .that.contains("can be written by others");
      expect(parseCommand(["--config", join(folder, "none")]))
        .to.have.property("message")
        .that.contains("ENOENT");
    });
  });
});
