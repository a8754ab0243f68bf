// SPDX-License-Identifier: Apache-2.0

import { fromBinary } from "@bufbuild/protobuf";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { ProcessKey, ProcessWatchRequestSchema } from "@hostscope/proto/gen/process_watch";
import { expect } from "chai";
import { HostUnreachable, InvalidArgument } from "../errors.ts";
import { decodeProcessWatchResponse, type ProcessWatchResponse } from "../gen/hostscope/v1/process_watch_plain.ts";
import { refOf } from "../spec-support/process-updates.ts";
import { type ProcessWatchOptions, processUpdates, processWatchRequest } from "./process-watch.ts";

describe("The request of a process watch", () => {
  const requestOf = (options: object) =>
    fromBinary(ProcessWatchRequestSchema, processWatchRequest("watch", options as ProcessWatchOptions<never>).request);

  it("names attributes once, and what the host chooses by", () => {
    const request = requestOf({
      attrs: ["name", "name"],
      interval: 2.5,
    });
    expect(request.attributes).to.deep.equal([ProcessAttribute.NAME]);
    expect(request).to.include({ interval: 2.5, orderBy: ProcessKey.UNSPECIFIED, descending: false });
    expect(request.limit).to.equal(undefined);
    const top = requestOf({ attrs: ["pid"], orderBy: "cpuPercent", limit: 20, where: { username: "www" } });
    expect(top).to.include({ orderBy: ProcessKey.CPU_PERCENT, limit: 20, descending: true });
    expect(top.anyOf).to.have.length(1);
  });

  it("orders numbers from the greatest and texts from the first, unless told otherwise", () => {
    expect(requestOf({ orderBy: "name", limit: 1 }).descending).to.equal(false);
    expect(requestOf({ orderBy: "name", limit: 1, descending: true }).descending).to.equal(true);
    expect(requestOf({ orderBy: "pid", limit: 1, descending: false }).descending).to.equal(false);
  });

  for (const options of [
    { attrs: ["nam"] },
    { attrs: "name" },
    { orderBy: "rss" },
    { limit: 5 },
    { orderBy: "rss", limit: 0 },
    { orderBy: "rss", limit: 1.5 },
    { orderBy: "rss", limit: 100_001 },
    { orderBy: "cpu", limit: 5 },
    { orderBy: "rss", limit: 5, descending: 1 },
    { ordrBy: "rss" },
    { where: { nane: "x" } },
  ]) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => requestOf(options)).to.throw(InvalidArgument);
    });
  }
});

describe("The updates of a process watch", () => {
  const message = (sequence: number, parts: Partial<ProcessWatchResponse> = {}): ProcessWatchResponse => ({
    ...decodeProcessWatchResponse(new Uint8Array()),
    kind: "delta",
    sequence,
    ...parts,
  });
  const row = (pid: number) => ({ process: { ...decodeInfo(), ref: refOf(pid) }, cleared: [] });
  const decodeInfo = () =>
    ({ ref: null, failures: [] }) as unknown as NonNullable<ProcessWatchResponse["changes"][number]["process"]>;
  async function updates(...connections: (ProcessWatchResponse | Error)[][]) {
    let at = 0;
    const open = async function* () {
      for (const next of connections[at++] ?? [new InvalidArgument("the end")]) {
        if (next instanceof Error) throw next;
        yield next;
      }
    };
    const seen = [];
    try {
      for await (const update of processUpdates(open, new Uint8Array(), undefined, "db7")) seen.push(update);
    } catch (error) {
      if (!(error instanceof InvalidArgument)) throw error;
    }
    return seen;
  }

  it("are whole, however many messages they came in", async () => {
    const seen = await updates([
      message(1, { kind: "snapshot", changes: [row(1)], more: true, gap: true, interval: 2 }),
      message(1, { kind: "snapshot", changes: [row(2)], gone: [{ ref: refOf(9), returncode: 3 }], more: true }),
      message(1, { kind: "snapshot", changes: [row(3)], left: [refOf(8)] }),
      message(2, { kind: "heartbeat" }),
    ]);
    expect(seen).to.have.length(2);
    expect(seen[0]).to.deep.include({ snapshot: true, sequence: 1, gap: true, interval: 2, left: [refOf(8)] });
    expect(seen[0]?.changed.map(({ ref }) => ref.pid)).to.deep.equal([1, 2, 3]);
    expect(seen[0]?.gone[0]?.returncode).to.equal(3);
    expect(seen[1]).to.deep.include({ snapshot: false, changed: [], gone: [], left: [], gap: false });
  });

  it("drop half of one that a lost connection left behind, and mark the gap", async () => {
    const seen = await updates(
      [message(1, { kind: "snapshot" }), message(2, { changes: [row(5)], more: true }), new HostUnreachable("lost")],
      [message(1, { kind: "snapshot", changes: [row(6)], more: true }), message(1, { changes: [row(7)] }), message(2)],
    );
    const found = seen.map(({ sequence, gap, changed }) => [sequence, gap, changed.map(({ ref }) => ref.pid).join()]);
    expect(found).to.deep.equal([
      [1, false, ""],
      [1, true, "6,7"],
      [2, false, ""],
    ]);
  });

  it("tell what the host dropped and how far it jumped, and leave out rows without a process", async () => {
    const [, update] = await updates([
      message(1, { kind: "snapshot" }),
      message(7, {
        dropped: 5,
        changes: [{ process: null, cleared: [] }, row(1)],
        sample: { time: 12.5, monotonicNs: "1" } as never,
      }),
    ]);
    expect(update).to.include({ sequence: 7, dropped: 5, time: 12.5 });
    expect(update?.changed).to.have.length(1);
  });
});
