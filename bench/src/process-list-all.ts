// SPDX-License-Identifier: Apache-2.0

import { startAgent } from "./agent.ts";
import { driverSubject } from "./driver-subject.ts";
import { startIdleProcesses } from "./idle-processes.ts";
import { driver, FOURTEEN, hostscopeList, IDLE_PROCESSES, pythonWithPsutil } from "./process-list.ts";
import type { Bench, Subject } from "./subject.ts";

/** What as_dict() of psutil 5.6.2 gives on Linux. */
const ALL = [
  ...FOURTEEN,
  ...["uids", "gids", "terminal", "cpu_num", "cpu_percent", "memory_percent", "cwd", "environ", "ionice", "num_fds"],
  ...["threads", "cpu_affinity", "memory_full_info", "memory_maps", "open_files", "connections"],
];

/**
 * Everything of every process. cpu_percent of hostscope is measured over 100 ms, while the rest is read; psutil's is
 * since the last list.
 */
export const processListAll: Bench = {
  name: "process-list-all",
  title: `the whole table of ${IDLE_PROCESSES}+ processes, all ${ALL.length} attributes of psutil 5.6.2, decoded`,
  unit: "ms",
  // V8 takes some hundred thousand maps and variables to compile what decodes them well; who lists, lists again and again.
  warmUpRounds: 8,
  rounds: 7,
  ratios: [
    { of: "psutil as_dict", to: "hostscope-local", goal: { atLeast: 5 } },
    { of: "psutil as_dict", to: "hostscope-grpc", goal: { atLeast: 5 } },
  ],
  async start() {
    const idle = await startIdleProcesses(IDLE_PROCESSES);
    const agent = await startAgent();
    const subjects: Subject[] = [
      await hostscopeList("hostscope-local", "local:", ALL),
      await hostscopeList("hostscope-grpc", agent.address, ALL),
    ];
    const missing: { name: string; reason: string }[] = [];
    const python = pythonWithPsutil();
    if (python === null) missing.push({ name: "psutil as_dict", reason: "no python3 with psutil" });
    else subjects.push(await driverSubject("psutil as_dict", python, [driver("psutil_list.py"), "all"]));
    const stop = async () => {
      await agent.stop();
      await idle.stop();
    };
    return { subjects, missing, stop };
  },
};
