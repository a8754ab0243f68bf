// SPDX-License-Identifier: Apache-2.0

import { create, type DescMessage, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type CallOptions, type MethodDescriptor, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { ErrorDetailSchema, ErrorReason } from "@hostscope/proto/gen/error";
import {
  Guarantee,
  KillRequestSchema,
  KillResponseSchema,
  ResumeRequestSchema,
  ResumeResponseSchema,
  SuspendRequestSchema,
  SuspendResponseSchema,
} from "@hostscope/proto/gen/process_control";
import { ProcessGetRequestSchema, ProcessGetResponseSchema } from "@hostscope/proto/gen/process_read";
import { ProcessStatus } from "@hostscope/proto/gen/process_values";

/** One process of a fake machine. */
interface FakeProcess {
  start: bigint;
  status: ProcessStatus;
}

/** A collector of a machine that consists of a few numbers. Closing one leaves the machine as it is. */
export class FakeCollector implements Transport {
  readonly machine: FakeMachine;
  closed = 0;

  constructor(machine: FakeMachine) {
    this.machine = machine;
  }

  async unary(method: MethodDescriptor, request: Uint8Array, _options: CallOptions): Promise<Uint8Array> {
    this.machine.calls.push(method.name);
    await this.machine.before(method.name);
    if (this.closed > 0) throw new StatusError(StatusCode.UNAVAILABLE, "closed");
    return this.machine.answer(method.name, request);
  }

  async *serverStream(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array([1]);
  }

  async *bidiStream(_method: MethodDescriptor, requests: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const request of requests) {
      await this.machine.before("Popen");
      yield request;
    }
  }

  async close(): Promise<void> {
    this.closed++;
  }
}

/** Processes that can be stopped, resumed and killed. This very process is among them. */
export class FakeMachine {
  readonly processes = new Map<number, FakeProcess>();
  /** Names of the methods called so far. */
  readonly calls: string[] = [];
  /** Waited for before each call; may fail it. */
  before: (name: string) => Promise<void> = async () => {};
  boot = 7;

  constructor() {
    this.add(process.pid);
  }

  add(pid: number, status: ProcessStatus = ProcessStatus.SLEEPING, start = 100n): ProcessRef {
    this.processes.set(pid, { start, status });
    return { $typeName: "hostscope.v1.ProcessRef", pid: BigInt(pid), start, boot: this.boot };
  }

  status(pid: number): ProcessStatus | undefined {
    return this.processes.get(pid)?.status;
  }

  count(name: string): number {
    return this.calls.filter((call) => call === name).length;
  }

  answer(name: string, request: Uint8Array): Uint8Array {
    switch (name) {
      case "Get": {
        const { ref } = fromBinary(ProcessGetRequestSchema, request);
        const { start, status } = this.#find(ref);
        const found = { pid: ref?.pid ?? 0n, start, boot: this.boot };
        return encode(ProcessGetResponseSchema, { process: { ref: found, status } });
      }
      case "Suspend":
        return this.#suspend(fromBinary(SuspendRequestSchema, request).ref);
      case "Resume":
        return this.#resume(fromBinary(ResumeRequestSchema, request).ref);
      case "Kill": {
        const { ref } = fromBinary(KillRequestSchema, request);
        this.#find(ref);
        return encode(KillResponseSchema, { guarantee: Guarantee.ATOMIC });
      }
      default:
        throw new StatusError(StatusCode.UNIMPLEMENTED, `no ${name} here`);
    }
  }

  #suspend(ref: ProcessRef | undefined): Uint8Array {
    const found = this.#find(ref);
    const changed = found.status !== ProcessStatus.STOPPED;
    found.status = ProcessStatus.STOPPED;
    return encode(SuspendResponseSchema, { guarantee: Guarantee.ATOMIC, changed });
  }

  #resume(ref: ProcessRef | undefined): Uint8Array {
    const found = this.#find(ref);
    const changed = found.status === ProcessStatus.STOPPED;
    if (changed) found.status = ProcessStatus.SLEEPING;
    return encode(ResumeResponseSchema, { guarantee: Guarantee.ATOMIC, changed });
  }

  #find(ref: ProcessRef | undefined): FakeProcess {
    const found = this.processes.get(Number(ref?.pid));
    if (found !== undefined && (ref?.start === undefined || ref.start === found.start)) return found;
    const detail = create(ErrorDetailSchema, { reason: ErrorReason.NO_SUCH_PROCESS });
    throw new StatusError(StatusCode.NOT_FOUND, "no such process", toBinary(ErrorDetailSchema, detail));
  }
}

/** A message in wire bytes. */
export function encode<D extends DescMessage>(schema: D, init: MessageInitShape<D>): Uint8Array {
  return toBinary(schema, create(schema, init));
}
