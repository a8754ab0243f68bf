// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { hashToken, newToken } from "./token.ts";
import { readTokenFile, writeTokenFile } from "./token-file.ts";
import { type TokenEntry, TokenTable } from "./token-table.ts";

const secret = newToken();
const ENTRY: TokenEntry = {
  name: "ci",
  hash: hashToken(secret),
  roles: ["viewer"],
  createdAt: new Date("2026-01-02T03:04:05.678Z"),
  expiresAt: new Date("2027-01-02T03:04:05Z"),
};

describe("Tokens", () => {
  it("are found by their hash until they expire, and told apart for the log", () => {
    const table = new TokenTable([ENTRY, { ...ENTRY, name: "other", hash: hashToken(newToken()), expiresAt: null }]);
    const end = ENTRY.expiresAt?.getTime() ?? 0;
    expect(table.find(secret, end - 1)).to.have.property("name", "ci");
    expect(table.find(secret, end)).to.equal("expired");
    expect(table.find(newToken(), 0)).to.equal("unknown");
    for (const bad of ["", secret.slice(1), `${secret} `, `${secret}A`, secret.slice(0, -1), `\n${secret}`]) {
      expect(table.find(bad, 0), bad).to.equal("malformed");
    }
    expect(new TokenTable([]).find(secret)).to.equal("unknown");
  });
});

describe("A token file", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-token-file-"));
    path = join(folder, "tokens.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const text = (tokens: unknown, version: unknown = 1) => JSON.stringify({ version, tokens });
  const sound = { name: "a", sha256: "0".repeat(64), roles: [], created: "2026-01-01T00:00:00Z", expires: null };

  it("gives back what was written, for its owner alone, and keeps wider rights for a group", () => {
    writeTokenFile(path, [ENTRY]);
    expect(readTokenFile(path).entries).to.deep.equal([ENTRY]);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    chmodSync(path, 0o640);
    writeTokenFile(path, []);
    expect(readTokenFile(path).entries).to.deep.equal([]);
    expect(statSync(path).mode & 0o777).to.equal(0o640);
  });

  const wrong: [string, RegExp][] = [
    ["", /is not JSON/],
    ["[]", /no object/],
    [text([], 2), /is not of version 1/],
    ['{"version":1,"tokens":[],"extra":1}', /unknown key "extra"/],
    ['{"version":1}', /needs "tokens"/],
    [text([{ ...sound, name: "A" }]), /number 1, without a sound name/],
    [text([{ ...sound, sha256: "abc" }]), /without a SHA-256/],
    [text([{ ...sound, roles: "viewer" }]), /roles are no list/],
    [text([{ ...sound, expires: undefined }]), /neither a time in UTC nor null/],
    [text([{ ...sound, expires: "2027-13-01T00:00:00Z" }]), /neither a time/],
    [text([{ ...sound, expires: "2027-01-01" }]), /neither a time/],
    [text([{ ...sound, expire: null }]), /unknown key "expire"/],
    [text([sound, sound]), /two tokens called "a"/],
    [text(Array(1_001).fill(sound)), /1000 at most/],
  ];
  for (const [content, words] of wrong) {
    it(`is refused as a whole: ${words.source}`, () => {
      writeFileSync(path, content, { mode: 0o600 });
      expect(() => readTokenFile(path)).to.throw(Error, words);
    });
  }

  it("is refused if others can read or write it, or if it is no file", () => {
    writeTokenFile(path, [ENTRY]);
    for (const [mode, words] of [
      [0o604, "read by everybody"],
      [0o620, "written by others"],
      [0o602, "written by others"],
    ] as const) {
      chmodSync(path, mode);
      expect(() => readTokenFile(path)).to.throw(Error, words);
    }
    expect(() => readTokenFile(folder)).to.throw(Error, "not a regular file");
    expect(() => readTokenFile(join(folder, "none"))).to.throw(Error, "ENOENT");
    symlinkSync("/dev/zero", join(folder, "zero"));
    expect(() => readTokenFile(join(folder, "zero"))).to.throw(Error, "not a regular file");
  });
});
