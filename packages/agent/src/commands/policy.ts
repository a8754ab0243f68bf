// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { NO_ACCOUNT, parseAccount } from "../policy/account-name.ts";
import { explain, methodOf, type TargetProcess } from "../policy/explain.ts";
import { IDENTITY_FORMS, parseIdentity } from "../policy/parse-identity.ts";
import { failedCases, parseCases } from "../policy/policy-cases.ts";
import { loadPolicy } from "../policy/policy-file.ts";
import { SIGNAL_NAMES, signalNumber } from "../policy/signal-name.ts";
import { MAX_UID } from "../policy/uid-ranges.ts";
import { safeText } from "../safe-text.ts";
import { readArguments, runWork, UsageError } from "./command-flags.ts";

const USAGE = `Usage: hostscope-agent policy check FILE
       hostscope-agent policy explain FILE --as WHO --method Process.Kill [--signal TERM] [--reason TEXT]
                                           [--uid UID] [--account NAME] [--cgroup PATH] [--targets N]
       hostscope-agent policy test CASES

check says whether an agent would take the policy. explain says whether a call is allowed, by which rule or for want of
what; --uid, --account (of Windows) and --cgroup are those of the process that it is about. test reads cases from a YAML file:

  policy: policy.yaml
  cases:
    - { as: "uid:1000", method: Process.Kill, uid: 1000, expect: allowed }
    - { as: loopback, method: Process.Popen, expect: denied }

and fails if one of them comes out otherwise. WHO is one of ${IDENTITY_FORMS}.
`;

const FLAGS = ["as", "method", "signal", "reason", "uid", "account", "cgroup", "targets"] as const;
type Flags = Readonly<Partial<Record<(typeof FLAGS)[number], string>>>;

/** `hostscope-agent policy`. explain gives 1 for what is denied, test for cases that come out otherwise. */
export async function policy(args: readonly string[]): Promise<number> {
  let code = 0;
  const done = await runWork("policy", USAGE, args, () => {
    const { words, flags } = readArguments(args, FLAGS);
    const [verb, file] = words;
    if (file === undefined || words.length > 2) throw new UsageError("give check, explain or test, and one file");
    if (verb !== "explain" && Object.keys(flags).length > 0) throw new UsageError("these flags are for explain");
    switch (verb) {
      case "check":
        return check(file);
      case "explain":
        code = explainCall(file, flags);
        return;
      case "test":
        code = test(file);
        return;
      default:
        throw new UsageError(`there is no such thing as "policy ${verb}"`);
    }
  });
  return done === 0 ? code : done;
}

function check(file: string): void {
  const { roles, bindings } = loadPolicy(file);
  const own = [...roles.values()].filter(({ grants }) => grants.some(({ place }) => place !== "built in"));
  process.stdout.write(`${safeText(file)} is sound: ${own.length} roles of its own, ${bindings.length} bindings\n`);
}

function explainCall(file: string, flags: Flags): number {
  if (flags.as === undefined) throw new UsageError("--as is missing");
  if (flags.method === undefined) throw new UsageError("--method is missing");
  const { allowed, lines } = explain(loadPolicy(file), {
    identity: parseIdentity(flags.as),
    method: methodOf(flags.method),
    facts: { signals: flags.signal === undefined ? [] : [signal(flags.signal)], reason: flags.reason ?? null },
    target: targetOf(flags),
    targets: number("targets", flags.targets, 10_000) ?? 1,
  });
  process.stdout.write(`${lines.map((line) => safeText(line)).join("\n")}\n`);
  return allowed ? 0 : 1;
}

/** The process that the flags speak of; null if they say nothing of one. */
function targetOf({ uid, account, cgroup }: Flags): TargetProcess | null {
  if (uid === undefined && account === undefined && cgroup === undefined) return null;
  const known = account === undefined ? NO_ACCOUNT : parseAccount(account);
  if (known === null)
    throw new UsageError(`--account: "${safeText(account ?? "", 80)}" is not such as CORP\\alice or S-1-5-18`);
  return { uid: number("uid", uid, MAX_UID), account: known, cgroup: cgroup ?? "" };
}

function test(file: string): number {
  const { policy: path, cases } = parseCases(readFileSync(file, "utf8"), file);
  const failed = failedCases(loadPolicy(path), cases);
  for (const { place, expected, explanation } of failed) {
    process.stdout.write(`${safeText(place)}: expected ${expected}\n`);
    for (const line of explanation.lines) process.stdout.write(`  ${safeText(line)}\n`);
  }
  process.stdout.write(`${cases.length - failed.length} of ${cases.length} cases are as expected\n`);
  return failed.length === 0 ? 0 : 1;
}

function signal(text: string): number {
  const found = signalNumber(text);
  if (found === null)
    throw new UsageError(`there is no signal "${safeText(text, 40)}", but ${SIGNAL_NAMES.join(", ")}`);
  return found;
}

function number(flag: string, text: string | undefined, most: number): number | null {
  if (text === undefined) return null;
  if (!/^[0-9]{1,10}$/.test(text) || Number(text) > most) {
    throw new UsageError(`--${flag}: "${safeText(text, 40)}" is not a number from 0 to ${most}`);
  }
  return Number(text);
}
