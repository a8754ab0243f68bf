// SPDX-License-Identifier: Apache-2.0

import { didYouMean } from "@hostscope/proto";
import { safeText } from "../safe-text.ts";
import { parseAccount } from "./account-name.ts";
import { SIGNAL, WITH_REASON, WITH_TARGETS } from "./permissions.ts";
import type { Conditions } from "./policy.ts";
import { SIGNAL_NAMES, signalNumber } from "./signal-name.ts";
import { parseUidRange, subtract, type UidRange } from "./uid-ranges.ts";
import type { YamlValue } from "./yaml-value.ts";

/** Keys of conditions, beside `permission`, in an entry of `allow`. */
export const CONDITION_KEYS = [
  "uids",
  "not_uids",
  "accounts",
  "not_accounts",
  "cgroups",
  "signals",
  "max_targets",
  "reason",
] as const;

type ConditionKey = (typeof CONDITION_KEYS)[number];

const MAX_TARGETS = 10_000;

/** Reads the conditions of a grant; null if it has none. */
export function readConditions(
  permission: string,
  members: Readonly<Partial<Record<ConditionKey, YamlValue>>>,
): Conditions | null {
  const given = CONDITION_KEYS.filter((key) => members[key] !== undefined);
  if (given.length === 0) return null;
  for (const key of given) checkKey(key, permission, members[key]);
  const uids = members.uids?.list().map(readRange) ?? null;
  const notUids = members.not_uids?.list().map(readRange) ?? null;
  return {
    uids: uids === null && notUids === null ? null : subtract(uids, notUids ?? []),
    accounts: members.accounts?.list().map(readAccount) ?? null,
    notAccounts: members.not_accounts?.list().map(readAccount) ?? null,
    cgroups: members.cgroups?.list().map(readCgroup) ?? null,
    signals: members.signals?.list().map(readSignal) ?? null,
    maxTargets: members.max_targets?.whole(1, MAX_TARGETS) ?? null,
    reason: members.reason?.oneOf(["required"], "value for reason") === "required",
  };
}

// A condition that nothing would judge is worse than none: whoever wrote it relies on it.
function checkKey(key: ConditionKey, permission: string, at: YamlValue | undefined): void {
  const fitting = key === "reason" ? WITH_REASON : key === "signals" ? [SIGNAL] : WITH_TARGETS;
  if (!fitting.includes(permission)) at?.fail(`${key} is no condition of ${permission}, only of ${fitting.join(", ")}`);
}

function readRange(value: YamlValue): UidRange {
  const text = value.text();
  return parseUidRange(text) ?? value.fail(`"${safeText(text, 40)}" is not a user id or a range such as 1000-1999`);
}

function readAccount(value: YamlValue): string {
  const text = value.text();
  const hint = "such as CORP\\alice or S-1-5-18";
  if (parseAccount(text) === null) value.fail(`"${safeText(text, 80)}" is not an account of Windows ${hint}`);
  return text;
}

function readCgroup(value: YamlValue): string {
  const path = value.text();
  const segments = path.split("/").slice(1);
  const odd = segments.some((segment) => segment === "" || segment === "." || segment === "..");
  if (!path.startsWith("/") || (odd && path !== "/") || path.includes("\0")) {
    value.fail(`"${safeText(path, 80)}" is not the path of a control group such as /system.slice/nginx.service`);
  }
  return path;
}

function readSignal(value: YamlValue): number {
  const text = value.text();
  const hint = didYouMean(text.replace(/^SIG/, ""), SIGNAL_NAMES);
  return signalNumber(text) ?? value.fail(`there is no signal "${safeText(text, 40)}"${hint}`);
}
