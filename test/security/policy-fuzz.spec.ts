// SPDX-License-Identifier: Apache-2.0

import {
  builtinPolicy,
  type Identity,
  METHODS,
  type Policy,
  PolicyError,
  parsePolicy,
  policyAllows,
} from "@hostscope/agent";
import { expect } from "chai";
import { type ReferenceCall, referenceAllows } from "../support/policy-reference.ts";

const isLong = process.env.HOSTSCOPE_LONG === "1";
const MUTANTS = isLong ? 100_000 : 1_000;

const SEED_POLICY = `version: 1
roles:
  reader:
    allow: [metrics.read, process.read]
  oncall:
    extends: [reader]
    allow:
      - process.detail
      - permission: process.control.signal
        uids: [1000-1999, 33]
        not_uids: [1500]
        signals: [TERM, 9]
        max_targets: 3
        reason: required
      - permission: process.control.priority
        cgroups: [/a/b, /c]
      - permission: process.control.limits
        accounts: [CORP\\alice, s-1-5-18, S-1-5-21-7-8]
        not_accounts: [corp\\Bob, corp\\ALICE]
      - permission: process.control.limits
        not_accounts: [S-1-5-19]
  lead:
    extends: [oncall, operator]
    allow: [process.exec]
bindings:
  - to: [{ uid: 1000 }, { gid: 100 }]
    roles: [oncall]
  - to: { spiffe_below: spiffe://corp/ns/ops }
    roles: [reader]
  - to: { spiffe: spiffe://corp/ns/lead/x }
    roles: [lead]
  - to: [{ dns: grafana.corp }, { token: ci }]
    roles: [viewer]
  - to: { loopback: true }
    roles: [reader]
`;

const IDENTITIES: readonly Identity[] = [
  { kind: "unix", uid: 1000, gid: 1000, groups: [], pid: null },
  { kind: "unix", uid: 0, gid: 0, groups: [], pid: null },
  { kind: "unix", uid: 7, gid: 7, groups: [100], pid: null },
  ...["spiffe://corp/ns/ops/a", "spiffe://corp/ns/opsx", "spiffe://corp/ns/lead/x", "dns:grafana.corp", "dns:x"].map(
    (name): Identity => ({ kind: "mtls", names: [name], fingerprint: "", expiresAt: new Date(8e15) }),
  ),
  { kind: "token", name: "ci", roles: [], expiresAt: null },
  { kind: "token", name: "cd", roles: ["oncall"], expiresAt: null },
  { kind: "loopback" },
];
const WORDS = [
  ...new Set(METHODS.map(({ permission }) => permission)),
  ..."uid gid dns token spiffe loopback roles allow extends oncall reader lead viewer owner admin to bindings".split(
    " ",
  ),
  ..."uids not_uids cgroups signals max_targets reason required true 0 1000 0-4294967294 1e3 ~ null *a &a !!int <<".split(
    " ",
  ),
];

const OWN_WORDS = SEED_POLICY.match(/[A-Za-z0-9_./:-]+/g) ?? [];

describe("policy fuzz", function () {
  // Three minutes of CPU time for the long run, on a machine that may be busy with something else.
  this.timeout(isLong ? 60 * 60_000 : 600_000);
  this.slow(20_000);

  const builtin = Object.fromEntries(
    [...builtinPolicy(0).roles].map(([name, { grants }]) => [name, grants.map(({ permission }) => permission)]),
  );

  it("a mutant of a policy is refused, or allows no more than a slow reading of it", () => {
    const seed = Number(process.env.HOSTSCOPE_SEED ?? Math.floor(Math.random() * 2 ** 31));
    const random = randomFrom(seed);
    let loaded = 0;
    let allowed = 0;
    for (let at = 0; at < MUTANTS; at++) {
      const text = mutate(SEED_POLICY, random);
      const policy = load(text, seed);
      if (policy === null) continue;
      loaded += 1;
      for (let call = 0; call < 40; call++) {
        const question = randomCall(random);
        if (!policyAllows(policy, question)) continue;
        allowed += 1;
        const said = `seed ${seed}: ${JSON.stringify(question)} is allowed by\n${text}`;
        expect(referenceAllows(text, builtin, question), said).to.equal(true);
      }
    }
    if (isLong)
      console.log(`      seed ${seed}: ${MUTANTS} mutants, ${loaded} were policies, ${allowed} calls allowed`);
    // Else it proves nothing.
    expect(loaded).to.be.above(MUTANTS / 50);
    expect(allowed).to.be.above(MUTANTS / 200);
  });

  it("the policy itself allows exactly what a slow reading of it does", () => {
    const random = randomFrom(1);
    const policy = parsePolicy(SEED_POLICY, "seed.yaml");
    const answers = [0, 0];
    for (let at = 0; at < 5_000; at++) {
      const question = randomCall(random);
      const answer = policyAllows(policy, question);
      answers[Number(answer)] = (answers[Number(answer)] ?? 0) + 1;
      expect(referenceAllows(SEED_POLICY, builtin, question), JSON.stringify(question)).to.equal(answer);
    }
    expect(Math.min(...answers)).to.be.above(200);
  });
});

/** The policy of a text; null if it is refused. Anything else than a refusal is a failure, and so is a slow one. */
function load(text: string, seed: number): Policy | null {
  // CPU time: the machine may have something else to do.
  const before = process.cpuUsage();
  try {
    return parsePolicy(text, "mutant.yaml");
  } catch (error) {
    if (!(error instanceof PolicyError)) throw new Error(`seed ${seed}: ${error}\n${text}`, { cause: error });
    return null;
  } finally {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000, `seed ${seed}\n${text}`).to.be.below(1_000);
  }
}

function randomCall(random: () => number): ReferenceCall {
  const { permission, mutates, name } = pick(METHODS, random);
  const signals: Record<string, number> = { SendSignal: pick([9, 15, 19], random), Kill: 9, Terminate: 15 };
  return {
    identity: pick(IDENTITIES, random),
    permission,
    mutates,
    signal: signals[name] ?? null,
    reason: pick(["because", "", null], random),
    uid: pick([0, 33, 1000, 1500, 1999, 2000], random),
    account: pick(["CORP\\ALICE", "corp\\bob", "S-1-5-18", "s-1-5-19"], random),
    cgroup: pick(["/a/b", "/a/b/x", "/a/bc", "/c", "/", ""], random),
    targets: pick([1, 3, 4], random),
  };
}

/** One or two changes: of characters, words or lines. Of words often to others of the policy, so that many still load. */
function mutate(text: string, random: () => number): string {
  let mutant = text;
  for (let changes = random() < 0.6 ? 1 : 2; changes > 0; changes--) {
    const lines = mutant.split("\n");
    const line = Math.floor(random() * lines.length);
    const current = lines[line] ?? "";
    const kind = Math.floor(random() * 7);
    if (kind === 0) lines.splice(line, 1);
    else if (kind === 1) lines.splice(line, 0, current);
    else if (kind === 2) lines.splice(line, 1, ...[lines[Math.floor(random() * lines.length)] ?? ""]);
    else if (kind === 3) lines[line] = random() < 0.5 ? `  ${current}` : current.replace(/^ {2}/, "");
    else if (kind <= 5) {
      const words = current.match(/[A-Za-z0-9_./:-]+/g) ?? [];
      const word = words[Math.floor(random() * words.length)];
      if (word !== undefined) lines[line] = current.replace(word, pick(random() < 0.5 ? OWN_WORDS : WORDS, random));
    } else {
      const at = Math.floor(random() * (current.length + 1));
      const character = pick([..."{}[]:#&*!|>'\"%@,-? \t0a\u0000\u202e\ud800"], random);
      lines[line] = current.slice(0, at) + character + current.slice(at + Math.floor(random() * 2));
    }
    mutant = lines.join("\n");
  }
  return mutant;
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)] as T;
}

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
