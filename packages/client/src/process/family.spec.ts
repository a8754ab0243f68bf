// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import { Process as ProcessService } from "@hostscope/proto/gen/process";
import { RlimitResource } from "@hostscope/proto/gen/process_control";
import { expect } from "chai";
import * as rlimits from "../constants/rlimit.ts";
import { InternalError, InvalidArgument, NoSuchProcess } from "../errors.ts";
import { failureOf } from "../spec-support/failure-of.ts";
import { FakeProcesses } from "../spec-support/fake-processes.ts";
import { Process } from "./process.ts";

const { parent, parents, children, rlimit } = ProcessService.method;
const ref = (pid: bigint) => ({ pid, start: 5n, boot: 7 });

describe("A process's family", () => {
  let fake: FakeProcesses;
  let process: Process;
  const asked: unknown[] = [];
  beforeEach(async () => {
    fake = new FakeProcesses().set(7, {}, 99n);
    process = await fake.host().process(7);
    asked.length = 0;
  });
  const note = (sent: ProcessRef | undefined) => void asked.push([sent?.pid, sent?.start]);

  it("is asked for by the ref, and comes as processes with refs of their own", async () => {
    fake
      .on(parent, (request) => {
        note(request.ref);
        return { parent: ref(1n) };
      })
      .on(parents, (request) => {
        note(request.ref);
        return { parents: [ref(2n), ref(1n)] };
      });
    const one = await process.parent();
    expect(one).to.be.instanceOf(Process);
    expect(one?.ref).to.deep.equal({ pid: 1, start: "5", pidfdInode: null, boot: 7 });
    expect((await process.parents()).map(({ pid }) => pid)).to.deep.equal([2, 1]);
    expect(asked).to.deep.equal([
      [7n, 99n],
      [7n, 99n],
    ]);
  });

  it("may have no parent", async () => {
    fake.on(parent, () => ({})).on(parents, () => ({}));
    expect(await process.parent()).to.equal(null);
    expect(await process.parents()).to.deep.equal([]);
  });

  it("has children, and theirs if asked for", async () => {
    fake.on(children, ({ recursive }) => ({ children: [ref(8n), ...(recursive ? [ref(9n)] : [])] }));
    const pids = async (options?: { recursive: boolean }) => (await process.children(options)).map(({ pid }) => pid);
    expect(await pids()).to.deep.equal([8]);
    expect(await pids({ recursive: true })).to.deep.equal([8, 9]);
    await failureOf(process.children({ recursive: "yes" as never }), InvalidArgument);
    expect((await failureOf(process.children({ recursiv: true } as object), InvalidArgument)).message).to.contain(
      'did you mean "recursive"?',
    );
  });

  it("of a pid that was reused is NoSuchProcess", async () => {
    const detail = create(ErrorDetailSchema, { reason: ErrorReason.PID_REUSED });
    const reused = () => {
      throw new StatusError(StatusCode.NOT_FOUND, "", toBinary(ErrorDetailSchema, detail));
    };
    fake.on(parent, reused).on(parents, reused).on(children, reused).on(rlimit, reused);
    for (const call of [
      () => process.parent(),
      () => process.parents(),
      () => process.children(),
      () => process.rlimit("nofile"),
    ]) {
      expect(await failureOf(call(), NoSuchProcess)).to.include({ pid: 7, reused: true, host: "fake:" });
    }
  });
});

describe("Process.rlimit", () => {
  it("is a pair of exact numbers, -1 where there is no limit", async () => {
    const asked: RlimitResource[] = [];
    const fake = new FakeProcesses().set(7).on(rlimit, ({ resource }) => {
      asked.push(resource);
      return { limits: resource === RlimitResource.NOFILE ? { soft: 2n ** 63n + 1n } : {} };
    }) as FakeProcesses;
    const process = await fake.host().process(7);
    expect(await process.rlimit(rlimits.RLIMIT_NOFILE)).to.deep.equal([2n ** 63n + 1n, rlimits.RLIM_INFINITY]);
    expect(await process.rlimit("core", { timeoutMs: 500 })).to.deep.equal([-1n, -1n]);
    expect(asked).to.deep.equal([RlimitResource.NOFILE, RlimitResource.CORE]);
    expect(fake.calls.at(-1)?.options.timeoutMs).to.equal(500);
    const typo = await failureOf(process.rlimit("nofiles" as "nofile"), InvalidArgument);
    expect(typo.message).to.contain('Process.rlimit: there is no resource "nofiles"; did you mean "nofile"?');
    for (const wrong of [7, null, undefined, "unspecified"]) {
      await failureOf(process.rlimit(wrong as "nofile"), InvalidArgument);
    }
    fake.on(rlimit, () => ({}));
    await failureOf(process.rlimit("cpu"), InternalError);
  });
});
