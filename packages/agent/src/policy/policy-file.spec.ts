// SPDX-License-Identifier: Apache-2.0

import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Identity } from "../trust/identity.ts";
import { entitle } from "./entitlement.ts";
import type { Policy } from "./policy.ts";
import { PolicyError } from "./policy-error.ts";
import { loadPolicy, parsePolicy } from "./policy-file.ts";

const GOOD = `
version: 1
roles:
  oncall:
    extends: [viewer]
    allow:
      - process.detail
      - permission: process.control.signal
        uids: [1000-1999, 33]
        not_uids: [1500]
        cgroups: [/system.slice/nginx.service]
        signals: [TERM, SIGKILL, 10]
        max_targets: 16
        reason: required
bindings:
  - to: { spiffe_below: spiffe://corp.example/ns/ops }
    roles: [oncall]
  - to: [{ uid: 1000 }, { group: wheel }, { dns: grafana.corp.example }, { token: ci }]
    roles: [viewer, operator]
`;

function groupId(name: string): number {
  if (name === "wheel") return 10;
  throw new Error(`there is no group "${name}"`);
}
const parse = (text: string) => parsePolicy(text, "p.yaml", groupId);

describe("policy file", () => {
  it("says who may do what", () => {
    const policy = parse(GOOD);
    const grant = policy.roles.get("oncall")?.grants.find(({ permission }) => permission === "process.control.signal");
    expect(grant?.conditions).to.deep.equal({
      uids: [
        [33, 33],
        [1000, 1499],
        [1501, 1999],
      ],
      accounts: null,
      notAccounts: null,
      cgroups: ["/system.slice/nginx.service"],
      signals: [15, 9, 10],
      maxTargets: 16,
      reason: true,
    });
    expect(grant?.place).to.equal("p.yaml:8");
    expect(permissions(policy, mtls("spiffe://corp.example/ns/ops/sa/x"))).to.include("process.detail");
    expect(permissions(policy, mtls("spiffe://corp.example/ns/ops/sa/x"))).to.include("metrics.read");
  });

  it("gives nothing to those whom no binding means", () => {
    const policy = parse(GOOD);
    const nobody: Identity[] = [
      mtls("spiffe://corp.example/ns/ops"),
      mtls("spiffe://corp.example/ns/ops-old/x"),
      mtls("spiffe://corp.example.evil/ns/ops/x"),
      mtls("dns:grafana.corp.example.evil"),
      mtls("dns:x.grafana.corp.example"),
      unix(1001, 1001),
      { kind: "loopback" },
      { kind: "token", name: "cd", roles: [], expiresAt: null },
      { kind: "token", name: "cd", roles: ["no-such-role"], expiresAt: null },
    ];
    for (const identity of nobody) expect(permissions(policy, identity), JSON.stringify(identity)).to.deep.equal([]);
    expect(permissions(policy, unix(1000, 5))).to.include("process.control.signal");
    expect(permissions(policy, unix(5, 5, [10]))).to.include("process.control.signal");
    expect(permissions(policy, mtls("dns:grafana.corp.example"))).to.include("metrics.read");
    expect(permissions(policy, { kind: "token", name: "x", roles: ["viewer"], expiresAt: null })).to.include(
      "metrics.read",
    );
  });

  const wrong: [what: string, from: string, to: string, error: string][] = [
    ["unknown key", "allow:", "alow:", 'p.yaml:6:5: there is no key "alow" here; did you mean "allow"?'],
    [
      "unknown key at the top",
      "roles:\n  on",
      "rols:\n  on",
      'p.yaml:3:1: there is no key "rols" here; did you mean "roles"?',
    ],
    ["duplicate key", "reason: required", "max_targets: 1", "p.yaml:14:9: this key is there already"],
    [
      "unknown permission",
      "process.detail",
      "process.detial",
      'p.yaml:7:9: there is no permission "process.detial"; did you mean "process.detail"?',
    ],
    ["unknown role", "[oncall]", "[oncal]", 'p.yaml:17:13: there is no role "oncal"; did you mean "oncall"?'],
    ["unknown signal", "TERM", "TERMN", 'p.yaml:12:19: there is no signal "TERMN"; did you mean "TERM"?'],
    ["unknown condition", "cgroups:", "cgroup:", 'p.yaml:11:9: there is no key "cgroup" here; did you mean "cgroups"?'],
    ["wrong type", "max_targets: 16", "max_targets: [16]", "p.yaml:13:22: a value is missing here"],
    [
      "wrong number",
      "max_targets: 16",
      "max_targets: 0x10",
      'p.yaml:13:22: "0x10" is not a whole number from 1 to 10000',
    ],
    [
      "backward range",
      "1000-1999",
      "1999-1000",
      'p.yaml:9:16: "1999-1000" is not a user id or a range such as 1000-1999',
    ],
    [
      "condition on a read",
      "process.control.signal",
      "metrics.read",
      "p.yaml:9:15: uids is no condition of metrics.read",
    ],
    ["unknown group", "wheel", "wheeel", 'p.yaml:18:34: there is no group "wheeel"'],
    ["wildcard name", "grafana.corp", "'*.corp'", "p.yaml:18:"],
    [
      "whole trust domain",
      "spiffe_below: spiffe://corp.example/ns/ops",
      "spiffe: spiffe://corp.example",
      "p.yaml:16:19: this names a whole trust domain",
    ],
    ["dots in an id", "/ns/ops", "/ns/../ops", "p.yaml:16:25:"],
    ["two keys of a subject", "uid: 1000", "uid: 1000, gid: 5", "p.yaml:18:10: a subject has one key"],
    ["no SID", "uid: 1000", "sid: Administrators", 'p.yaml:18:17: "Administrators" is no SID'],
    ["built-in role", "  oncall:", "  viewer:", "p.yaml:4:3: viewer is a built-in role"],
    ["role that extends itself", "[viewer]", "[oncall]", "p.yaml:4:3: this role extends itself: oncall > oncall"],
    ["anchor", "[viewer]", "&a [viewer]", "anchors are not allowed"],
    ["tag", "[viewer]", "!x [viewer]", "p.yaml:5:"],
    ["not YAML", "[viewer]", "[viewer", "p.yaml:"],
    ["version", "version: 1", "version: 2", 'p.yaml:2:10: there is no version "2"'],
    ["second document", "version: 1", "---\nversion: 1\n---\nversion: 1", "p.yaml:"],
    ["relative group", "/system.slice/nginx.service", "system.slice", "p.yaml:11:19:"],
    ["path that leads out", "/system.slice/nginx.service", "/a/../b", "p.yaml:11:19:"],
  ];
  for (const [what, from, to, error] of wrong) {
    it(`refuses: ${what}`, () => {
      expect(GOOD).to.include(from);
      expect(() => parse(GOOD.replace(from, to))).to.throw(PolicyError, error);
    });
  }

  it("is refused if others can write it, and read through a link", () => {
    const folder = mkdtempSync(join(tmpdir(), "hostscope-policy-"));
    try {
      const path = join(folder, "policy.yaml");
      writeFileSync(path, "version: 1\nbindings: [{ to: { uid: 0 }, roles: [viewer] }]\n", { mode: 0o644 });
      symlinkSync("policy.yaml", join(folder, "link.yaml"));
      expect(loadPolicy(join(folder, "link.yaml")).bindings).to.have.length(1);
      chmodSync(path, 0o664);
      expect(() => loadPolicy(path)).to.throw(PolicyError, "can be written by others");
      expect(() => loadPolicy(folder)).to.throw(PolicyError, "is not a regular file");
      expect(() => loadPolicy(join(folder, "none"))).to.throw(PolicyError, "ENOENT");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function permissions(policy: Policy, identity: Identity): string[] {
  return [...entitle(policy, identity).grants.keys()];
}

function unix(uid: number, gid: number, groups: number[] = []): Identity {
  return { kind: "unix", uid, gid, groups, pid: null };
}

function mtls(...names: string[]): Identity {
  return { kind: "mtls", names, fingerprint: "", expiresAt: new Date(8e15) };
}
