// SPDX-License-Identifier: Apache-2.0

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { driverSubject } from "./driver-subject.ts";
import { buildNativeProgram } from "./native-program.ts";
import type { Bench } from "./subject.ts";

const ATTRIBUTES = ["cpu_times", "memory_info", "num_fds", "cwd", "memory_full_info"];
const SECONDS = 900;

/**
 * One attribute of one process on this machine. "reader" is the collector's read in C++; "syscalls" the bare system
 * calls of such a read, which include looking who the process is; "unchecked" those that give the value of whoever has
 * the pid; "sdk" the whole way from JavaScript and back.
 */
export const processGet: Bench = {
  name: "process-get",
  title: "one attribute of one process: read by the collector, against the bare system calls in C++",
  unit: "us",
  rounds: 9,
  ratios: ATTRIBUTES.flatMap((name) => [
    { of: `reader ${name}`, to: `syscalls ${name}`, goal: { atMost: 1.2 } },
    { of: `reader ${name}`, to: `unchecked ${name}`, goal: null },
    { of: `sdk ${name}`, to: `syscalls ${name}`, goal: null },
  ]),
  async start() {
    const { program, remove } = await buildNativeProgram("process_get");
    const target = spawn("sleep", [String(SECONDS)], { stdio: "ignore" });
    const pid = String(target.pid);
    const driver = fileURLToPath(new URL("./drivers/process-get.ts", import.meta.url));
    const subjects = [];
    for (const name of ATTRIBUTES) {
      for (const how of ["reader", "syscalls", "unchecked"]) {
        subjects.push(await driverSubject(`${how} ${name}`, program, [how, name, pid]));
      }
      subjects.push(await driverSubject(`sdk ${name}`, process.execPath, ["--import", "tsx", driver, name, pid]));
    }
    const stop = async () => {
      target.kill("SIGKILL");
      remove();
    };
    return { subjects, missing: [], stop };
  },
};
