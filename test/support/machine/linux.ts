// SPDX-License-Identifier: Apache-2.0

import { machine as machineName } from "node:os";
import { fileURLToPath } from "node:url";
import { open } from "@hostscope/client";
import { startAgent } from "../agent-process.ts";
import { KNOWS_EXIT_CODES } from "../exit-codes.ts";
import { asleep } from "../hostile-process.ts";
import { PsutilOracle } from "../psutil-oracle.ts";
import { requirePsutil } from "../python.ts";
import { stateFolder } from "../state-folder.ts";
import type { OpenedWay, Oracle, TestMachine } from "./machine.ts";
import { startTarget } from "./target.ts";

const TARGET = fileURLToPath(new URL("target.py", import.meta.url));

/** What psutil itself does not say in these words. */
const SYSTEM: Readonly<Record<string, string>> = {
  page_size: "__import__('os').sysconf('SC_PAGE_SIZE')",
  processes: "[p.info for p in psutil.process_iter(['pid', 'ppid', 'name', 'num_threads'])]",
};

async function local(): Promise<OpenedWay> {
  const state = stateFolder();
  const host = await open("local:", { stateDir: state.path });
  return {
    host,
    address: null,
    async stop() {
      await host.close();
      state.remove();
    },
  };
}

async function overGrpc(): Promise<OpenedWay> {
  const state = stateFolder();
  const agent = await startAgent("--state-dir", state.path);
  const host = await open(agent.target);
  return {
    host,
    address: agent,
    async stop() {
      await host.close();
      await agent.stop();
      state.remove();
    },
  };
}

/** This machine. */
export const linuxMachine: TestMachine = {
  os: "linux",
  architecture: machineName(),
  paths: {
    root: "/",
    file: process.execPath,
    missing: "/no/such/place",
    relative: "etc",
    of: (path) => path,
  },
  codes: { terminate: -15, kill: -9, stop: -9 },
  knowsCodes: KNOWS_EXIT_CODES,
  nices: [7, 9],
  variable: (name) => name,
  idleStatus: "sleeping",
  ways: [
    { name: "local", start: local },
    { name: "over gRPC", start: overGrpc },
  ],
  async target(options = {}) {
    const target = await startTarget(["python3", TARGET], options, {}, async () => {});
    await asleep(target.pid);
    return target;
  },
  async oracle(context): Promise<Oracle> {
    const psutil = new PsutilOracle(requirePsutil.call(context));
    return {
      psutil,
      system: (what) => psutil.value(SYSTEM[what] ?? `psutil.${what}()`),
      process: (pid, what) =>
        what === "thread_ids"
          ? psutil.value(`[t.id for t in psutil.Process(${pid}).threads()]`)
          : psutil.value(`psutil.Process(${pid}).${what}()`),
      stop: () => psutil.stop(),
    };
  },
};
