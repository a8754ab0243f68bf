// SPDX-License-Identifier: Apache-2.0

import si from "systeminformation";
import { answerLines, timed } from "./answer-lines.ts";

await answerLines(() =>
  timed(async () => {
    const { list } = await si.processes();
    if (list.length < 1000) throw new Error(`only ${list.length} processes`);
  }),
);
