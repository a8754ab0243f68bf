// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createLogger } from "../log.ts";
import { problemsOf } from "./check-config.ts";
import { parseCommand } from "./config.ts";

describe("--check-config", () => {
  const folder = mkdtempSync(join(tmpdir(), "hostscope-check-"));
  after(() => rmSync(folder, { recursive: true }));
  const problems = (...args: string[]): string[] => {
    const command = parseCommand([...args, "--check-config"]);
    if (command.kind !== "run") throw new Error(JSON.stringify(command));
    return problemsOf(command.config, createLogger("silent"));
  };

  it("finds nothing wrong with what would start", () => {
    const audit = join(folder, "audit.jsonl");
    expect(
      problems("--listen=127.0.0.1:0", `--listen=unix:${join(folder, "a.sock")}`, `--audit=${audit}`),
    ).to.deep.equal([]);
  });

  it("finds all that is wrong at once, and does nothing about it", () => {
    const policy = join(folder, "policy.yaml");
    writeFileSync(policy, "version: 1\nrolls: {}\n");
    const open = join(folder, "open");
    writeFileSync(open, "");
    chmodSync(open, 0o666);
    const found = problems(
      `--policy=${policy}`,
      `--tokens=${open}`,
      `--audit=${join(folder, "none", "audit.jsonl")}`,
      `--listen=unix:${join(tmpdir(), "a.sock")}`,
    );
    expect(found).to.have.length(4);
    expect(found.join("\n")).to.contain('no key "rolls"').and.contain("can be written by others").and.contain("ENOENT");
  });
});
