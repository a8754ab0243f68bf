// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { isAccount, NO_ACCOUNT, parseAccount } from "./account-name.ts";
import { failedCases, parseCases } from "./policy-cases.ts";
import { parsePolicy } from "./policy-file.ts";

const SYSTEM = "S-1-5-18";
const ALICE = "CORP\\alice";

describe("Accounts of Windows in a policy", () => {
  it("are SIDs, or names with their domain", () => {
    expect(parseAccount(SYSTEM)).to.deep.equal({ sid: SYSTEM, name: null });
    expect(parseAccount("NT AUTHORITY\\SYSTEM")).to.deep.equal({ sid: null, name: "NT AUTHORITY\\SYSTEM" });
    expect(parseAccount("NT SERVICE\\Dnscache")).to.not.equal(null);
    const odd = [
      "",
      "alice",
      "\\alice",
      "CORP\\",
      "CORP\\a\\b",
      "CORP/alice",
      "S-1",
      "S-1-x",
      "a@corp",
      "CORP\\*",
      "C\\a\0",
    ];
    for (const text of odd) expect(parseAccount(text), text).to.equal(null);
  });

  it("are the same in any case, and never by guessing", () => {
    const alice = { sid: "S-1-5-21-1-2-3-1001", name: ALICE };
    expect(isAccount(alice, "corp\\ALICE")).to.equal(true);
    expect(isAccount(alice, "s-1-5-21-1-2-3-1001")).to.equal(true);
    expect(isAccount(alice, "CORP\\alice2")).to.equal(false);
    expect(isAccount(alice, SYSTEM)).to.equal(false);
    expect(isAccount({ sid: SYSTEM, name: null }, ALICE)).to.equal(null);
    expect(isAccount(NO_ACCOUNT, SYSTEM)).to.equal(null);
  });

  it("stand in conditions as they are written", () => {
    const policyOf = (accounts: string) =>
      parsePolicy(
        `version: 1
roles: { own: { allow: [{ permission: process.control.signal, ${accounts} }] } }
bindings: [{ to: { loopback: true }, roles: [own] }]
`,
        "p.yaml",
      ).roles.get("own")?.grants[0]?.conditions;
    expect(policyOf(`accounts: [${ALICE}, ${SYSTEM}], not_accounts: ["CORP\\\\bob"]`)).to.deep.include({
      uids: null,
      accounts: [ALICE, SYSTEM],
      notAccounts: ["CORP\\bob"],
    });
    expect(() => policyOf("accounts: [alice]")).to.throw('p.yaml:2:74: "alice" is not an account of Windows');
  });

  it("allow and deny what is asked beforehand", () => {
    const policy = parsePolicy(
      `version: 1
roles:
  own:
    allow:
      - { permission: process.control.priority, accounts: [CORP\\alice, S-1-5-18] }
      - { permission: process.control.limits, not_accounts: [CORP\\alice] }
bindings: [{ to: { loopback: true }, roles: [own] }]
`,
      "p.yaml",
    );
    const rows: [method: string, target: string, expected: string][] = [
      ["SetNice", "account: 'corp\\Alice'", "allowed"],
      ["SetNice", "account: s-1-5-18", "allowed"],
      ["SetNice", "account: 'CORP\\bob'", "denied"],
      ["SetNice", "uid: 1000", "denied"],
      ["SetRlimit", "account: 'CORP\\bob'", "allowed"],
      ["SetRlimit", "account: 'CORP\\ALICE'", "denied"],
      // Its name is not known.
      ["SetRlimit", "account: S-1-5-19", "denied"],
      ["SetRlimit", "uid: 1000", "denied"],
    ];
    for (const [method, target, expected] of rows) {
      const text = `policy: p.yaml\ncases: [{ as: loopback, method: Process.${method}, ${target}, expect: ${expected} }]\n`;
      expect(failedCases(policy, parseCases(text, "cases.yaml").cases), text).to.deep.equal([]);
    }
    const odd = "policy: p.yaml\ncases: [{ as: loopback, method: Process.Kill, account: alice, expect: denied }]\n";
    expect(() => parseCases(odd, "cases.yaml")).to.throw("there is no such account");
  });
});
