// SPDX-License-Identifier: Apache-2.0

import { dirname, resolve } from "node:path";
import { NO_ACCOUNT, parseAccount } from "./account-name.ts";
import { type Explanation, explain, methodOf, type Question, type TargetProcess } from "./explain.ts";
import { parseIdentity } from "./parse-identity.ts";
import type { Policy } from "./policy.ts";
import { signalNumber } from "./signal-name.ts";
import { MAX_UID } from "./uid-ranges.ts";
import { YamlValue } from "./yaml-value.ts";

/** A question with the answer that is expected. */
export interface PolicyCase {
  readonly place: string;
  readonly question: Question;
  readonly expected: "allowed" | "denied";
}

/** Cases for a policy. */
export interface PolicyCases {
  /** Absolute path of the policy. */
  readonly policy: string;
  readonly cases: readonly PolicyCase[];
}

/** A case that came out otherwise. */
export interface FailedCase extends PolicyCase {
  readonly explanation: Explanation;
}

/** Reads cases. Throws PolicyError. */
export function parseCases(text: string, file: string): PolicyCases {
  const root = YamlValue.parse(text, file);
  const { policy, cases } = root.members(["policy", "cases"]);
  const path = (policy ?? root.fail("policy is missing: the file that the cases are for")).text();
  const list = (cases ?? root.fail("cases are missing")).list();
  return { policy: resolve(dirname(file), path), cases: list.map(readCase) };
}

/** The cases that a policy does not answer as is expected. */
export function failedCases(policy: Policy, cases: readonly PolicyCase[]): FailedCase[] {
  return cases
    .map((each): FailedCase => ({ ...each, explanation: explain(policy, each.question) }))
    .filter(({ expected, explanation }) => explanation.allowed !== (expected === "allowed"));
}

type Given = Readonly<Partial<Record<"uid" | "account" | "cgroup", YamlValue>>>;

function readCase(value: YamlValue): PolicyCase {
  const given = value.members(["as", "method", "signal", "reason", "uid", "account", "cgroup", "targets", "expect"]);
  const required = (key: "as" | "method" | "expect"): YamlValue => given[key] ?? value.fail(`${key} is missing`);
  const { signal } = given;
  const question: Question = {
    identity: checked(required("as"), parseIdentity),
    method: checked(required("method"), methodOf),
    facts: {
      signals: signal === undefined ? [] : [signalNumber(signal.text()) ?? signal.fail("there is no such signal")],
      reason: given.reason?.text() ?? null,
    },
    target: readTarget(given),
    targets: given.targets?.whole(1, 10_000) ?? 1,
  };
  return { place: value.place, question, expected: required("expect").oneOf(["allowed", "denied"], "expectation") };
}

/** Null if nothing is said of it. */
function readTarget({ uid, account, cgroup }: Given): TargetProcess | null {
  if (uid === undefined && account === undefined && cgroup === undefined) return null;
  return {
    uid: uid?.whole(0, MAX_UID) ?? null,
    account:
      account === undefined ? NO_ACCOUNT : (parseAccount(account.text()) ?? account.fail("there is no such account")),
    cgroup: cgroup?.text() ?? "",
  };
}

function checked<T>(value: YamlValue, parse: (text: string) => T): T {
  try {
    return parse(value.text());
  } catch (error) {
    return value.fail(error instanceof Error ? error.message : String(error));
  }
}
