// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventLevel, ServiceState } from "@hostscope/native";
import { expect } from "chai";
import type { StopCause } from "../stop-request.ts";
import { ServiceProcess } from "./service-process.ts";

describe("An agent as a Windows service", () => {
  let folder: string;
  let reports: [ServiceState, number | undefined][];
  let events: [EventLevel, number, string][];
  let service: ServiceProcess;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-service-"));
    reports = [];
    events = [];
    const services: ConstructorParameters<typeof ServiceProcess>[0] = {
      report: (state, code) => void reports.push([state, code]),
      reportEvent: (_source, level, id, text) => void events.push([level, id, text]),
    };
    service = new ServiceProcess(services, folder);
  });
  afterEach(() => {
    service.stopped(0);
    rmSync(folder, { recursive: true });
  });

  it("reports that it serves, that it stops and that it has stopped, once each", () => {
    const causes: StopCause[] = [];
    service.onStopRequest(false, (cause) => causes.push(cause));
    service.announce(["grpc://127.0.0.1:1"]);
    service.obey("shutdown");
    service.announce(["grpc://127.0.0.1:1"]); // too late
    service.stopped(0);
    expect(causes).to.deep.equal(["shutdown"]);
    expect(reports.map(([state]) => state)).to.deep.equal([
      ServiceState.RUNNING,
      ServiceState.STOP_PENDING,
      ServiceState.STOPPED,
    ]);
    expect(events.map(([level, id]) => [level, id]).slice(0, 1)).to.deep.equal([[EventLevel.INFORMATION, 1]]);
    expect(events[0]?.[2]).to.contain("grpc://127.0.0.1:1");
  });

  it("keeps an order that comes before somebody listens", () => {
    service.obey("stop");
    const causes: StopCause[] = [];
    service.onStopRequest(false, (cause) => causes.push(cause));
    expect(causes).to.deep.equal(["stop"]);
    expect(service.isStopping).to.equal(true);
  });

  it("writes its log to a file, and its last words to the event log, too", () => {
    const logFile = join(folder, "agent.log");
    const logger = service.openLog({ logLevel: "info", logFile });
    logger.info('nothing "level":"fatal" about this');
    logger.fatal({ err: new Error("the reason") }, "cannot start");
    logger.fatal({ err: new Error("the reason") }, "failed: the reason");
    expect(readFileSync(logFile, "utf8").trim().split("\n")).to.have.length(3);
    expect(events.map(([level, id]) => [level, id])).to.deep.equal([
      [EventLevel.ERROR, 3],
      [EventLevel.ERROR, 3],
    ]);
    expect(events[0]?.[2]).to.contain("cannot start: the reason").and.contain(logFile);
    expect(events[1]?.[2]).to.contain("failed: failed: the reason\n");
  });

  it("tells again and again that it goes on with what is pending", async function () {
    this.timeout(10_000);
    while (reports.length < 2) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(reports.map(([state]) => state)).to.deep.equal([ServiceState.START_PENDING, ServiceState.START_PENDING]);
  });
});
