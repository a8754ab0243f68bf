// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { AttributeOutcome } from "@hostscope/proto/gen/process_info";
import { WinService } from "@hostscope/proto/gen/win_service";
import { WinServiceAttribute, WinServiceStartType, WinServiceStatus } from "@hostscope/proto/gen/win_service_values";
import { expect } from "chai";
import { AccessDenied, InvalidArgument, NoSuchProcess, Unsupported } from "../errors.ts";
import { createHost } from "../open.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeTransport } from "../spec-support/fake-transport.ts";

const failed = (reason: ErrorReason, code: StatusCode, platform?: string) => {
  const detail = create(ErrorDetailSchema, { reason, ...(platform === undefined ? {} : { platform }) });
  return new StatusError(code, "", toBinary(ErrorDetailSchema, detail));
};

describe("Host's Windows services", () => {
  let fake: FakeTransport;
  beforeEach(() => {
    fake = new FakeTransport();
  });

  it("winServiceIter gives their names, and each value when it is wanted", async () => {
    const asked: number[][] = [];
    fake
      .on(WinService.method.winServiceIter, () => ({
        services: [
          { name: "alg", displayName: "Gateway" },
          { name: "b", displayName: "B" },
        ],
      }))
      .on(WinService.method.winServiceGet, ({ name, attributes }) => {
        asked.push(attributes);
        return { service: { name, displayName: "Gateway", startType: WinServiceStartType.MANUAL } };
      });
    const services = [];
    for await (const service of createHost(fake).winServiceIter()) services.push(service);
    expect(services.map(({ name, displayName }) => [name, displayName])).to.deep.equal([
      ["alg", "Gateway"],
      ["b", "B"],
    ]);
    expect(await services[0]?.startType()).to.equal("manual");
    expect(await services[0]?.pid()).to.equal(null);
    expect(asked).to.deep.equal([[WinServiceAttribute.START_TYPE], [WinServiceAttribute.PID]]);
  });

  it("winServiceGet gives psutil's as_dict()", async () => {
    fake.on(WinService.method.winServiceGet, ({ attributes }) => ({
      service: {
        name: "alg",
        displayName: "Gateway",
        ...(attributes.length > 0 ? { status: WinServiceStatus.STOPPED, binpath: "C:\\alg.exe", username: "x" } : {}),
      },
    }));
    const service = await createHost(fake).winServiceGet("ALG");
    expect(await service.asDict()).to.deep.equal({
      name: "alg",
      displayName: "Gateway",
      binpath: "C:\\alg.exe",
      username: "x",
      startType: null,
      status: "stopped",
      pid: null,
      description: null,
    });
  });

  it("a value that Windows refuses is AccessDenied", async () => {
    fake.on(WinService.method.winServiceGet, () => ({
      service: {
        name: "alg",
        failures: [{ attribute: WinServiceAttribute.BINPATH, outcome: AttributeOutcome.DENIED, osError: 5 }],
      },
    }));
    const service = await createHost(fake).winServiceGet("alg");
    const error = await failureOf(service.binpath(), AccessDenied);
    expect(error).to.include({ osError: 5, host: "custom:" });
    expect(error.message).to.contain("binpath of service alg");
    await failureOf(service.username({ timeout: 1 } as object), InvalidArgument);
  });

  it("a name that is none is NoSuchProcess, as in psutil", async () => {
    fake.on(WinService.method.winServiceGet, () => {
      throw failed(ErrorReason.NO_SUCH_PROCESS, StatusCode.NOT_FOUND);
    });
    const error = await failureOf(createHost(fake).winServiceGet("x"), NoSuchProcess);
    expect(error.message).to.not.contain("null");
    await failureOf(createHost(fake).winServiceGet(5 as never), InvalidArgument);
  });

  it("on another platform all are Unsupported, which names it", async () => {
    const refuse = () => {
      throw failed(ErrorReason.UNSUPPORTED, StatusCode.UNIMPLEMENTED, "linux");
    };
    fake.on(WinService.method.winServiceIter, refuse).on(WinService.method.winServiceGet, refuse);
    const host = createHost(fake);
    expect(await failureOf(host.winServiceIter().next(), Unsupported)).to.include({ platform: "linux" });
    expect(await failureOf(host.winServiceGet("x"), Unsupported)).to.include({ platform: "linux" });
  });
});
