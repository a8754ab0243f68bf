// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { explain, methodOf } from "./explain.ts";
import { parseIdentity } from "./parse-identity.ts";
import { failedCases, parseCases } from "./policy-cases.ts";
import { PolicyError } from "./policy-error.ts";
import { parsePolicy } from "./policy-file.ts";

const POLICY = parsePolicy(
  `
version: 1
roles:
  oncall:
    allow:
      - permission: process.control.signal
        uids: [1000-1999]
        signals: [TERM]
        max_targets: 2
        reason: required
bindings: [{ to: { uid: 1000 }, roles: [oncall] }, { to: [{ gid: 5 }, { sid: S-1-5-32-555 }], roles: [viewer] }]
`,
  "p.yaml",
);
const CASES = `
policy: p.yaml
cases:
  - { as: "uid:1000", method: Process.Terminate, reason: x, uid: 1000, expect: allowed }
  - { as: "uid:1000", method: Process.Terminate, reason: x, uid: 0, expect: denied }
  - { as: "uid:1000", method: Process.Terminate, uid: 1000, expect: denied }
  - { as: "uid:1000", method: Process.SendSignal, signal: KILL, reason: x, expect: denied }
  - { as: "uid:1000", method: Process.Terminate, reason: x, uid: 1000, targets: 3, expect: denied }
  - { as: "uid:7,gid:5", method: System.CpuTimes, expect: allowed }
  - { as: "uid:7", method: System.CpuTimes, expect: denied }
  - { as: "sid:S-1-5-21-7,sid:S-1-5-32-555", method: System.CpuTimes, expect: allowed }
  - { as: "sid:S-1-5-32-555", method: System.CpuTimes, expect: allowed }
  - { as: "sid:S-1-5-32-545", method: System.CpuTimes, expect: denied }
  - { as: "token:t,role:viewer", method: System.CpuTimes, expect: allowed }
  - { as: loopback, method: System.CpuTimes, expect: denied }
`;

describe("cases of a policy", () => {
  it("come out as they are expected, or are told with the reason", () => {
    const { policy, cases } = parseCases(CASES, "/x/cases.yaml");
    expect(policy).to.equal("/x/p.yaml");
    expect(failedCases(POLICY, cases)).to.deep.equal([]);
    const wrong = parseCases(CASES.replaceAll("expect: denied", "expect: allowed"), "cases.yaml").cases;
    const failed = failedCases(POLICY, wrong);
    expect(failed.map(({ place }) => place)).to.deep.equal(
      [5, 6, 7, 8, 10, 13, 15].map((line) => `cases.yaml:${line}`),
    );
    expect(failed.map(({ explanation }) => explanation.lines[1]?.split(": ").at(-1)?.trim())).to.deep.equal([
      "the process is not one of those",
      "a reason is required",
      "signal KILL is not among those allowed",
      "the process is not one of those",
      "this caller has no role",
      "this caller has no role",
      "this caller has no role",
    ]);
  });

  it("are refused with their place if they cannot be meant", () => {
    for (const [from, to, error] of [
      ["Process.Terminate", "Process.Teminate", 'cases.yaml:4:31: there is no method "Process.Teminate"; did you mean'],
      ['"uid:1000"', '"user:1000"', 'cases.yaml:4:11: "user:1000" is no identity'],
      [
        "expect: allowed",
        "expects: allowed",
        'cases.yaml:4:72: there is no key "expects" here; did you mean "expect"?',
      ],
      ["expect: allowed", "expect: maybe", 'there is no expectation "maybe"'],
      ["policy: p.yaml", "polcy: p.yaml", 'cases.yaml:2:1: there is no key "polcy" here'],
    ] as const) {
      expect(() => parseCases(CASES.replace(from, to), "cases.yaml")).to.throw(PolicyError, error);
    }
  });

  it("say by which rule a call is allowed, and what is kept back", () => {
    const method = methodOf("Process.List");
    const question = { identity: parseIdentity("uid:7,gid:5"), method, facts: { signals: [], reason: null } };
    const { lines } = explain(POLICY, { ...question, target: null, targets: 1 });
    expect(lines).to.deep.equal([
      "allowed: Process.List needs process.read",
      "  viewer grants it, given at p.yaml:11",
      "  kept back: what needs process.secrets.environ, process.secrets.cmdline, process.detail, net.connections.read",
    ]);
  });
});
