// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from "node:child_process";

/** One record of utmp; type 7 is a user's session. */
export interface UtmpRecord {
  readonly type: number;
  readonly pid: number;
  readonly user: string;
  readonly line: string;
  readonly host: string;
  /** Whole seconds since the epoch. */
  readonly time: number;
}

/** Makes a utmp file in this platform's layout, by utmpdump(1), which is no part of hostscope. */
export function utmpFile(records: readonly UtmpRecord[]): Buffer {
  const lines = records.map(({ type, pid, user, line, host, time }) => {
    const at = new Date(time * 1000).toISOString().replace(".000Z", ",123456+00:00");
    const number = String(pid).padStart(5, "0");
    return `[${type}] [${number}] [id  ] [${user.padEnd(8)}] [${line.padEnd(12)}] [${host.padEnd(20)}] [0.0.0.0        ] [${at}]\n`;
  });
  return execFileSync("utmpdump", ["-r"], { input: lines.join(""), stdio: ["pipe", "pipe", "ignore"] });
}

/** What utmpdump(1) reads from a utmp file. */
export function readUtmp(path: string): UtmpRecord[] {
  const text = execFileSync("utmpdump", [path], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return text
    .trimEnd()
    .split("\n")
    .map((record) => {
      const [type, pid, , user, line, host, , at] = [...record.matchAll(/\[([^\]]*)\]/g)].map(([, value]) =>
        (value as string).trim(),
      ) as [string, string, string, string, string, string, string, string];
      const time = Math.floor(Date.parse(at.replace(",", ".").replace(/(\.\d{3})\d+/, "$1")) / 1000);
      return { type: Number(type), pid: Number(pid), user, line, host, time };
    });
}
