// SPDX-License-Identifier: Apache-2.0

// Usage: process-get.ts ATTRIBUTE PID. Answers with the median microseconds of one read through the SDK.
import { open, type ProcessAttributeName } from "@hostscope/client";
import { answerLines, medianOf } from "./answer-lines.ts";

const [attribute = "", pid = ""] = process.argv.slice(2);
const name = attribute.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()) as ProcessAttributeName;
const host = await open("local:");
const target = await host.process(Number(pid));
await answerLines(async () => 1000 * (await medianOf(300, () => target.asDict({ attrs: [name] }))));
await host.close();
