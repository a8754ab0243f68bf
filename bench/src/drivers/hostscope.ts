// SPDX-License-Identifier: Apache-2.0

// Usage: hostscope.ts TARGET list ATTR,ATTR,... | hostscope.ts TARGET connections LEAST | hostscope.ts TARGET latency
import { open, type ProcessAttributeName } from "@hostscope/client";
import { answerLines, medianOf, timed } from "./answer-lines.ts";

const [target = "local:", what, list = ""] = process.argv.slice(2);
const host = await open(target);
const attrs = list.split(",") as ProcessAttributeName[];

if (what === "list") {
  await answerLines(() =>
    timed(async () => {
      const { processes } = await host.processList({ attrs });
      if (processes.length < 1000) throw new Error(`only ${processes.length} processes`);
    }),
  );
} else if (what === "connections") {
  await answerLines(() =>
    timed(async () => {
      const sockets = await host.netConnections();
      if (sockets.length < Number(list)) throw new Error(`only ${sockets.length} sockets`);
    }),
  );
} else {
  await answerLines(() => medianOf(300, () => host.cpuTimes()));
}
await host.close();
