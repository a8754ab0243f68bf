// SPDX-License-Identifier: Apache-2.0

import { driverSubject } from "./driver-subject.ts";
import { driver } from "./process-list.ts";
import type { Bench, Subject } from "./subject.ts";

const subject = (mode: string): Promise<Subject> =>
  driverSubject(mode, process.execPath, ["--import", "tsx", driver("delta-apply.ts"), mode]);

/** What a live table costs whoever shows it: from the bytes of one message to the rows, with an event for each. */
export const deltaApply: Bench = {
  name: "delta-apply",
  title:
    "one delta of 50 changed rows: decoded, taken into a ProcessTable of 1,000 and told by events; or only decoded",
  unit: "ms",
  warmUpRounds: 5,
  rounds: 15,
  ratios: [{ of: "hostscope", to: "protobuf-es", goal: null }],
  goals: [{ of: "hostscope", atMost: 0.2 }],
  async start() {
    const subjects = [await subject("hostscope"), await subject("protobuf-es")];
    return { subjects, missing: [], stop: () => Promise.resolve() };
  },
};
