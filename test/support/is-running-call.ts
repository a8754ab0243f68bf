// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { ProcessRef } from "@hostscope/client";
import { createCollector } from "@hostscope/native";
import { describeMethod } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { takeDown } from "./called.ts";
import type { OpenedWay } from "./machine/machine.ts";
import { RawClient } from "./raw-client.ts";
import { unaryCall } from "./unary-call.ts";

const METHOD = Process.method.isRunning;

/** What Process.IsRunning says: the SDK has no need of this call, clients of another make have. */
export async function isRunningByCall(address: OpenedWay["address"], given: ProcessRef): Promise<boolean> {
  const ref = {
    pid: BigInt(given.pid),
    ...(given.start === null ? {} : { start: BigInt(given.start) }),
    ...(given.boot === null ? {} : { boot: given.boot }),
  };
  if (address === null) {
    const collector = createCollector();
    const { running } = await unaryCall(collector, METHOD, { ref });
    await collector.close();
    return running;
  }
  const client = new RawClient(address.host, address.port);
  try {
    const request = toBinary(METHOD.input, create(METHOD.input, { ref }));
    const { messages, text } = await client.call(describeMethod(METHOD).path, request);
    if (messages[0] === undefined) throw new Error(text);
    takeDown("Process.IsRunning");
    return fromBinary(METHOD.output, messages[0]).running;
  } finally {
    client.close();
  }
}
