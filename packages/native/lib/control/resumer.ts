// SPDX-License-Identifier: Apache-2.0

import { create, toBinary } from "@bufbuild/protobuf";
import { describeMethod, StatusCode, StatusError, type Transport } from "@hostscope/proto";
import type { ProcessRef } from "@hostscope/proto/gen/common";
import { Process } from "@hostscope/proto/gen/process";
import { ResumeRequestSchema } from "@hostscope/proto/gen/process_control";

const RESUME = describeMethod(Process.method.resume);
const TRY_MS = 2000;
const MAX_PAUSE_MS = 5000;

/** Resumes processes, however often it takes: one that stays stopped is the worst that a lease can leave behind. */
export class Resumer {
  readonly #inner: Transport;
  #giveUpAtMs = Number.POSITIVE_INFINITY;
  readonly #wake = new Set<() => void>();

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  /**
   * True once the process goes on or has ended; false if that could not be had before close(). `onFailure` is told of
   * each failed try.
   */
  async resume(ref: Partial<ProcessRef>, onFailure: (error: unknown) => void = () => {}): Promise<boolean> {
    const request = toBinary(ResumeRequestSchema, create(ResumeRequestSchema, { ref: ref as ProcessRef }));
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      try {
        const timeoutMs = Math.min(TRY_MS, Math.max(1, this.#giveUpAtMs - performance.now()));
        await this.#inner.unary(RESUME, request, { timeoutMs });
        return true;
      } catch (error) {
        if (error instanceof StatusError && error.code === StatusCode.NOT_FOUND) return true;
        onFailure(error);
        if (performance.now() >= this.#giveUpAtMs) return false;
      }
      await this.#pause(pauseMs);
    }
  }

  /** Tries under way go on for so long and then end. */
  close(graceMs: number): void {
    this.#giveUpAtMs = Math.min(this.#giveUpAtMs, performance.now() + graceMs);
    for (const wake of this.#wake) wake();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake.delete(done);
        resolve();
      };
      const left = Math.max(50, this.#giveUpAtMs - performance.now());
      const timer = setTimeout(done, Math.min(ms, left));
      this.#wake.add(done);
    });
  }
}
