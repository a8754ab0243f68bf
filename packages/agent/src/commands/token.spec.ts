// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parseLifetime } from "./command-flags.ts";
import { token } from "./token.ts";

/** Runs the command in this process; its output. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { stdout: "", stderr: "" };
  const streams = ["stdout", "stderr"] as const;
  const writes = streams.map((name) => process[name].write);
  for (const name of streams) {
    process[name].write = (text: unknown) => {
      written[name] += String(text);
      return true;
    };
  }
  // All it does is done when it returns: nothing of the reporter's gets in between.
  const code = token(args);
  for (const [at, name] of streams.entries()) process[name].write = writes[at] as typeof process.stdout.write;
  return { code: await code, out: written.stdout, err: written.stderr };
}

describe("hostscope-agent token", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-token-"));
    file = join(folder, "tokens.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("creates, lists and revokes", async () => {
    const { code, out, err } = await run("create", "ci", "--file", file, "--roles", "viewer", "--expires", "never");
    expect(code).to.equal(0);
    expect(out).to.match(/^hs1_[\w-]{43}\n$/);
    expect(err).to.contain("for ever");
    expect((await run("list", "--file", file)).out).to.match(/^ci {2}roles viewer .* never expires\n$/);
    expect((await run("revoke", "ci", "--file", file)).code).to.equal(0);
    expect((await run("list", "--file", file)).out).to.equal("");
    expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal({ version: 1, tokens: [] });
  });

  it("says what is wrong, and changes nothing then", async () => {
    await run("create", "ci", "--file", file);
    const before = readFileSync(file, "utf8");
    const wrong: [string[], number, RegExp][] = [
      [["create", "ci", "--file", file], 1, /there is a token called ci/],
      [["create", "Bad Name", "--file", file], 64, /a name is/],
      [["create", "b", "--file", file, "--roles", "a,,b"], 64, /--roles is a list/],
      [["create", "b", "--file", file, "--expires", "soon"], 1, /not a time such as 90d/],
      [["create", "b"], 64, /--file is missing/],
      [["create", "--file", file], 64, /too few/],
      [["revoke", "b", "--file", file], 1, /there is no token called b/],
      [["create", "b", "--flie", file], 1, /did you mean --file/],
      [["destroy", "x", "--file", file], 64, /no such thing/],
      [[], 64, /--file is missing/],
    ];
    for (const [args, code, words] of wrong) {
      const result = await run(...args);
      expect(result.err, args.join(" ")).to.match(words);
      expect(result.code, args.join(" ")).to.equal(code);
    }
    expect(readFileSync(file, "utf8")).to.equal(before);
    writeFileSync(file, "{}");
    expect((await run("create", "b", "--file", file)).err).to.contain("is not of version 1");
    expect(readFileSync(file, "utf8")).to.equal("{}");
  });

  it("reads lifetimes", () => {
    expect(parseLifetime("90d", 0).getTime()).to.equal(90 * 86_400_000);
    expect(parseLifetime("12h", 0).getTime()).to.equal(12 * 3_600_000);
    for (const bad of ["", "0d", "-1d", "1", "1y", "1.5d", "9999999d", "1d "]) {
      expect(() => parseLifetime(bad), bad).to.throw(Error, "not a time");
    }
  });
});
