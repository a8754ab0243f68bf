// SPDX-License-Identifier: Apache-2.0

import type { ProcessAttributeName } from "../process/attributes.ts";
import type { ProcessRow } from "../process/list.ts";
import type { ProcessKey } from "../watch/process-filter.ts";

/** Any row; what it was not asked for it does not have. */
type Row = Partial<ProcessRow<"ppid" | "name" | "exe" | "cmdline" | "username" | "status">> &
  Partial<ProcessRow<"createTime" | "cpuPercent" | "cpuTimes" | "memoryInfo" | "numThreads" | "numFds" | "nice">> &
  Pick<ProcessRow<"pid">, "ref">;

/** A key: the attribute it is made of, and its value in a row. */
interface Key {
  readonly attribute: ProcessAttributeName;
  readonly of: (row: Row) => number | string | null | undefined;
}

/** Every key that hosts order by, for who puts together what several of them chose. */
const KEYS: Readonly<Record<ProcessKey, Key>> = {
  pid: { attribute: "pid", of: ({ ref }) => ref.pid },
  ppid: { attribute: "ppid", of: ({ ppid }) => ppid },
  name: { attribute: "name", of: ({ name }) => name },
  exe: { attribute: "exe", of: ({ exe }) => exe },
  cmdline: { attribute: "cmdline", of: ({ cmdline }) => cmdline?.join(" ") },
  username: { attribute: "username", of: ({ username }) => username },
  status: { attribute: "status", of: ({ status }) => status },
  createTime: { attribute: "createTime", of: ({ createTime }) => createTime },
  cpuPercent: { attribute: "cpuPercent", of: ({ cpuPercent }) => cpuPercent?.percent },
  cpuTime: { attribute: "cpuTimes", of: ({ cpuTimes }) => cpuTimes && cpuTimes.user + cpuTimes.system },
  rss: { attribute: "memoryInfo", of: ({ memoryInfo }) => memoryInfo?.rss },
  vms: { attribute: "memoryInfo", of: ({ memoryInfo }) => memoryInfo?.vms },
  numThreads: { attribute: "numThreads", of: ({ numThreads }) => numThreads },
  numFds: { attribute: "numFds", of: ({ numFds }) => numFds },
  nice: { attribute: "nice", of: ({ nice }) => nice },
};

/** The attribute that rows must have to be ordered by a key. */
export function attributeOfKey(key: ProcessKey): ProcessAttributeName {
  return KEYS[key].attribute;
}

/** How rows are ordered by a key, as hosts do it: whoever lacks it comes last. */
export function rowOrder(key: ProcessKey, descending: boolean): (a: object, b: object) => number {
  const { of } = KEYS[key];
  return (a, b) => {
    const [x, y] = [of(a as Row) ?? null, of(b as Row) ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const order = typeof x === "string" ? Buffer.compare(Buffer.from(x), Buffer.from(String(y))) : x - Number(y);
    return descending ? -order : order;
  };
}
