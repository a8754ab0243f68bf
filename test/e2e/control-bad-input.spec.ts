// SPDX-License-Identifier: Apache-2.0

import type { DescMessage, DescMethodUnary, MessageInitShape } from "@bufbuild/protobuf";
import { createCollector } from "@hostscope/native";
import { StatusCode, type Transport } from "@hostscope/proto";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { RlimitResource } from "@hostscope/proto/gen/process_control";
import { IoprioClass, IoprioLevel } from "@hostscope/proto/gen/process_values";
import { expect } from "chai";
import { pythonProcess, type TestProcess } from "../support/hostile-process.ts";
import { failureOf, unaryCall } from "../support/unary-call.ts";

const { INVALID_ARGUMENT, OUT_OF_RANGE, NOT_FOUND } = StatusCode;
const { INVALID_ARGUMENT: WRONG, OUT_OF_RANGE: BEYOND, NO_SUCH_PROCESS: NOBODY } = ErrorReason;
const UNKNOWN = 999;

describe("Bad input to control, as a client without checks of its own may send it", () => {
  let collector: Transport;
  let target: TestProcess;
  before(async () => {
    collector = createCollector();
    target = await pythonProcess("");
  });
  after(async () => {
    collector?.close();
    await target?.stop();
  });

  const ref = () => ({ pid: BigInt(target.pid) });
  const { sendSignal, suspend, kill, killTree, reap, setNice, setIonice, setCpuAffinity, setRlimit } = Process.method;
  const is = async <I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    expected: readonly [number, ErrorReason, string | undefined],
  ) => {
    const { code, detail } = await failureOf(unaryCall(collector, method, request));
    const what = `${method.name} ${JSON.stringify(request, (_, value) => (typeof value === "bigint" ? `${value}` : value))}`;
    expect([code, detail.reason, detail.field], what).to.deep.equal(expected);
  };

  it("a process that is not named, or by what no process can have", async () => {
    // They agree in the fields that matter here.
    for (const method of [suspend, kill, killTree, reap] as unknown as (typeof suspend)[]) {
      await is(method, {}, [INVALID_ARGUMENT, WRONG, "ref"]);
      await is(method, { ref: { pid: -1n } }, [INVALID_ARGUMENT, WRONG, "ref.pid"]);
      for (const pid of [0n, 4194305n, 2n ** 31n, 2n ** 32n + BigInt(target.pid), 2n ** 62n]) {
        await is(method, { ref: { pid } }, [NOT_FOUND, NOBODY, undefined]);
      }
      const reason = "ä".repeat(129);
      await is(method, { ref: ref(), mutation: { reason } }, [INVALID_ARGUMENT, WRONG, "mutation.reason"]);
    }
  });

  it("signals that there are not", async () => {
    await is(sendSignal, { ref: ref() }, [INVALID_ARGUMENT, WRONG, "signal"]);
    for (const signal of [0, -9, 65, 2 ** 31 - 1, -(2 ** 31)]) {
      await is(sendSignal, { ref: ref(), signal }, [INVALID_ARGUMENT, WRONG, "signal"]);
    }
  });

  it("priorities", async () => {
    await is(setNice, { ref: ref() }, [INVALID_ARGUMENT, WRONG, "nice"]);
    for (const nice of [-21, 20, 2 ** 31 - 1]) await is(setNice, { ref: ref(), nice }, [OUT_OF_RANGE, BEYOND, "nice"]);
    await is(setIonice, { ref: ref() }, [INVALID_ARGUMENT, WRONG, "ionice"]);
    for (const [ionice, ...expected] of [
      [{}, INVALID_ARGUMENT, WRONG, "ionice.ioclass"],
      [{ ioclass: IoprioClass.UNSPECIFIED }, INVALID_ARGUMENT, WRONG, "ionice.ioclass"],
      [{ ioclass: UNKNOWN }, INVALID_ARGUMENT, WRONG, "ionice.ioclass"],
      [{ level: IoprioLevel.LOW }, INVALID_ARGUMENT, WRONG, "ionice.level"],
      [{ ioclass: IoprioClass.IDLE, value: 1 }, INVALID_ARGUMENT, WRONG, "ionice.value"],
      [{ ioclass: IoprioClass.NONE, value: 7 }, INVALID_ARGUMENT, WRONG, "ionice.value"],
      [{ ioclass: IoprioClass.BE, value: 8 }, OUT_OF_RANGE, BEYOND, "ionice.value"],
      [{ ioclass: IoprioClass.RT, value: 2 ** 32 - 1 }, OUT_OF_RANGE, BEYOND, "ionice.value"],
    ] as const) {
      await is(
        setIonice,
        { ref: ref(), ionice: ionice as object },
        expected as unknown as [number, ErrorReason, string],
      );
    }
  });

  it("CPUs and limits", async () => {
    for (const cpu of [65_536, 2 ** 32 - 1]) {
      await is(setCpuAffinity, { ref: ref(), cpus: [0, cpu] }, [OUT_OF_RANGE, BEYOND, "cpus"]);
    }
    const resource = RlimitResource.CORE;
    await is(setRlimit, { ref: ref(), resource }, [INVALID_ARGUMENT, WRONG, "limits"]);
    for (const unknown of [RlimitResource.UNSPECIFIED, UNKNOWN as RlimitResource]) {
      await is(setRlimit, { ref: ref(), resource: unknown, limits: {} }, [INVALID_ARGUMENT, WRONG, "resource"]);
    }
    const twisted = { soft: 2n, hard: 1n };
    await is(setRlimit, { ref: ref(), resource, limits: twisted }, [INVALID_ARGUMENT, WRONG, "limits.soft"]);
    await is(setRlimit, { ref: ref(), resource, limits: { hard: 1n } }, [INVALID_ARGUMENT, WRONG, "limits.soft"]);
    const many = { ref: ref(), resource: RlimitResource.NOFILE, limits: {} };
    await is(setRlimit, many, [OUT_OF_RANGE, BEYOND, "limits.hard"]);
  });

  it("times", async () => {
    for (const wrong of [-0.1, 60.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await is(killTree, { ref: ref(), timeout: wrong }, [INVALID_ARGUMENT, WRONG, "timeout"]);
      await is(reap, { ref: ref(), timeout: wrong }, [INVALID_ARGUMENT, WRONG, "timeout"]);
      await is(reap, { ref: ref(), grace: wrong }, [INVALID_ARGUMENT, WRONG, "grace"]);
    }
  });
});
