// SPDX-License-Identifier: Apache-2.0

import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const TOP = "/sys/fs/cgroup";
let made = 0;

/** Limits of a group, in the terms of version 2; version 1 has other files for them. */
export interface GroupLimits {
  /** Microseconds of CPU time in each 100 ms. */
  readonly cpuMicroseconds: number;
  /** Bytes. */
  readonly memory: number;
  readonly pids: number;
}

/** A control group of a test's own, in version 2 if its controllers are there, else in version 1. */
export class ControlGroup {
  /** Version of control groups, 1 or 2. */
  readonly version = usableVersion();
  readonly name = `hostscope-test-${process.pid}-${++made}`;
  readonly #folders: Readonly<Record<"cpu" | "memory" | "pids", string>>;

  /** Whether this user may make such groups here. */
  static possible(): boolean {
    return usableVersion() !== null;
  }

  constructor() {
    const below = (controller: string) => join(this.version === 2 ? TOP : join(TOP, controller), this.name);
    this.#folders = { cpu: below("cpu"), memory: below("memory"), pids: below("pids") };
    for (const folder of this.#all()) mkdirSync(folder);
  }

  limit({ cpuMicroseconds, memory, pids }: GroupLimits): void {
    if (this.version === 2) {
      this.#write("cpu", "cpu.max", `${cpuMicroseconds} 100000`);
      this.#write("memory", "memory.max", memory);
    } else {
      this.#write("cpu", "cpu.cfs_period_us", 100_000);
      this.#write("cpu", "cpu.cfs_quota_us", cpuMicroseconds);
      this.#write("memory", "memory.limit_in_bytes", memory);
    }
    this.#write("pids", "pids.max", pids);
  }

  /** Moves a process into the group. */
  add(pid: number): void {
    for (const folder of this.#all()) writeFileSync(join(folder, "cgroup.procs"), String(pid));
  }

  /** The number that a line of cpu.stat has, such as nr_throttled. */
  cpuStat(key: string): number {
    const text = readFileSync(join(this.#folders.cpu, "cpu.stat"), "utf8");
    return Number(new RegExp(`^${key} (\\d+)$`, "m").exec(text)?.[1]);
  }

  /** Removes the group, once its processes have ended. */
  async remove(): Promise<void> {
    for (const folder of this.#all()) {
      for (let tries = 0; existsSync(folder); tries++) {
        try {
          rmdirSync(folder);
        } catch (error) {
          if (tries === 100) throw error;
          await sleep(20);
        }
      }
    }
  }

  #all(): string[] {
    return [...new Set(Object.values(this.#folders))];
  }

  #write(controller: "cpu" | "memory" | "pids", file: string, value: string | number): void {
    writeFileSync(join(this.#folders[controller], file), String(value));
  }
}

function usableVersion(): 1 | 2 | null {
  try {
    const enabled = join(TOP, "cgroup.subtree_control");
    if (existsSync(enabled)) {
      accessSync(TOP, constants.W_OK);
      accessSync(join(TOP, "cgroup.procs"), constants.W_OK);
      const controllers = readFileSync(enabled, "utf8").trim().split(" ");
      return ["cpu", "memory", "pids"].every((each) => controllers.includes(each)) ? 2 : null;
    }
    for (const controller of ["cpu", "memory", "pids"])
      accessSync(join(TOP, controller, "cgroup.procs"), constants.W_OK);
    return 1;
  } catch {
    return null;
  }
}
