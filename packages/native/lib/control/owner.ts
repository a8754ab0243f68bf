// SPDX-License-Identifier: Apache-2.0

import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { ErrorReason } from "@hostscope/proto/gen/error";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessAttribute } from "@hostscope/proto/gen/process_info";
import { ProcessGetRequestSchema, ProcessGetResponseSchema } from "@hostscope/proto/gen/process_read";
import { ProcessStatus } from "@hostscope/proto/gen/process_values";
import { failure } from "./failure.ts";

const GET = describeMethod(Process.method.get);
const TIMEOUT_MS = 5000;

/** A process as state files hold it: the numbers as text, as JSON has none of 64 bits. */
export interface SavedRef {
  readonly pid: string;
  readonly start?: string | undefined;
  readonly inode?: string | undefined;
  readonly boot?: number | undefined;
}

/** What one look at a process tells. `unknown` if nobody knows whether it is there. */
export interface Look {
  readonly state: "runs" | "stopped" | "ended" | "unknown";
  /** Its ref with all marks; null if it has none. */
  readonly ref: ProcessRef | null;
}

/** Processes as the collector's own reads tell them, on any platform. */
export class Owners {
  readonly #inner: Transport;
  #own: Promise<SavedRef> | null = null;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  /** This process. */
  own(): Promise<SavedRef> {
    this.#own ??= this.#readOwn();
    this.#own.catch(() => {
      this.#own = null;
    });
    return this.#own;
  }

  /** Whether a process surely has ended. A zombie has: it does nothing any more. */
  async hasEnded(saved: SavedRef): Promise<boolean> {
    return (await this.look(loadRef(saved))).state === "ended";
  }

  /** Looks at a process. Fails only with what is wrong with the ref, and where nobody can be looked at. */
  async look(ref: Partial<ProcessRef>): Promise<Look> {
    const request = create(ProcessGetRequestSchema, { ref: ref as ProcessRef, attributes: [ProcessAttribute.STATUS] });
    try {
      const bytes = toBinary(ProcessGetRequestSchema, request);
      const answer = fromBinary(
        ProcessGetResponseSchema,
        await this.#inner.unary(GET, bytes, { timeoutMs: TIMEOUT_MS }),
      );
      return { state: stateOf(answer.process?.status), ref: answer.process?.ref ?? null };
    } catch (error) {
      const code = error instanceof StatusError ? error.code : null;
      if (code === StatusCode.NOT_FOUND) return { state: "ended", ref: null };
      if (code === StatusCode.INVALID_ARGUMENT || code === StatusCode.UNIMPLEMENTED) throw error;
      return { state: "unknown", ref: null };
    }
  }

  async #readOwn(): Promise<SavedRef> {
    const { ref } = await this.look({ pid: BigInt(process.pid) });
    if (ref === null) throw failure(ErrorReason.PRECONDITION, "the agent cannot see itself among the host's processes");
    return saveRef(ref);
  }
}

function stateOf(status: ProcessStatus | undefined): Look["state"] {
  switch (status) {
    case undefined:
    case ProcessStatus.UNSPECIFIED:
      return "unknown";
    case ProcessStatus.ZOMBIE:
    case ProcessStatus.DEAD:
      return "ended";
    case ProcessStatus.STOPPED:
      return "stopped";
    default:
      return "runs";
  }
}

/** A ref for a state file. */
export function saveRef({ pid, start, pidfdInode, boot }: ProcessRef): SavedRef {
  return { pid: String(pid), start: start?.toString(), inode: pidfdInode?.toString(), boot };
}

/** A ref from a state file. */
export function loadRef({ pid, start, inode, boot }: SavedRef): Partial<ProcessRef> {
  return {
    pid: BigInt(pid),
    ...(start === undefined ? {} : { start: BigInt(start) }),
    ...(inode === undefined ? {} : { pidfdInode: BigInt(inode) }),
    ...(boot === undefined ? {} : { boot }),
  };
}
