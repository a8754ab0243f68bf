// SPDX-License-Identifier: Apache-2.0

import {
  SetCpuAffinityRequestSchema,
  SetIoniceRequestSchema,
  SetNiceRequestSchema,
} from "@hostscope/proto/gen/process_control";
import type {
  IoprioClass as IoprioClassNumber,
  IoprioLevel as IoprioLevelNumber,
} from "@hostscope/proto/gen/process_values";
import { choice, describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import {
  decodeSetCpuAffinityResponse,
  decodeSetIoniceResponse,
  decodeSetNiceResponse,
  type SetCpuAffinityResponse,
  type SetIoniceResponse,
  type SetNiceResponse,
} from "../gen/hostscope/v1/process_control_plain.ts";
import { IOPRIO_CLASS_NUMBERS, IOPRIO_LEVEL_NUMBERS } from "../gen/hostscope/v1/process_values_plain.ts";
import { METHODS } from "../methods.ts";
import { type MutationOptions, wireMutation } from "../mutation.ts";
import { encode } from "../wire/encode.ts";
import type { ProcessReads } from "./reads.ts";
import { isWhole, wireRef } from "./ref.ts";

const ALL_IONICE = new Map([...IOPRIO_CLASS_NUMBERS, ...IOPRIO_LEVEL_NUMBERS]);
const MAX_INT32 = 2 ** 31 - 1;
const MAX_UINT32 = 2 ** 32 - 1;

/** One Process.SetNice. */
export function setNice(
  { connection, ref, subject }: ProcessReads,
  nice: number,
  allThreads: boolean,
  options: MutationOptions | undefined,
): Promise<SetNiceResponse> {
  if (!isWhole(nice) || Math.abs(nice) > MAX_INT32) {
    throw new InvalidArgument(`Process.nice takes a whole number, not ${describe(nice)}`);
  }
  const request = encode(SetNiceRequestSchema, {
    ref: wireRef(ref),
    nice,
    mutation: wireMutation(options),
    allThreads,
  });
  return connection.unary({ method: METHODS.setNice, request, decode: decodeSetNiceResponse, options, subject });
}

/** One Process.SetIonice. */
export function setIonice(
  { connection, ref, subject }: ProcessReads,
  priority: string,
  value: number | undefined,
  allThreads: boolean,
  options: MutationOptions | undefined,
): Promise<SetIoniceResponse> {
  const number = choice("Process.ionice", "priority", priority, ALL_IONICE);
  if (value !== undefined && (!isWhole(value) || value < 0 || value > MAX_UINT32)) {
    throw new InvalidArgument(`Process.ionice: value must be a whole number, 0 or more, not ${describe(value)}`);
  }
  const isClass = IOPRIO_CLASS_NUMBERS.has(priority);
  if (value !== undefined && !isClass) {
    throw new InvalidArgument(`Process.ionice: ${priority} is a level of Windows, which takes no value`);
  }
  const request = encode(SetIoniceRequestSchema, {
    ref: wireRef(ref),
    ionice: {
      ...(isClass ? { ioclass: number as IoprioClassNumber } : { level: number as IoprioLevelNumber }),
      ...(value === undefined ? {} : { value }),
    },
    mutation: wireMutation(options),
    allThreads,
  });
  return connection.unary({ method: METHODS.setIonice, request, decode: decodeSetIoniceResponse, options, subject });
}

/** One Process.SetCpuAffinity. */
export function setCpuAffinity(
  { connection, ref, subject }: ProcessReads,
  cpus: readonly number[],
  allThreads: boolean,
  options: MutationOptions | undefined,
): Promise<SetCpuAffinityResponse> {
  if (!Array.isArray(cpus)) {
    throw new InvalidArgument(`Process.cpuAffinity takes an array of numbers of CPUs, not ${describe(cpus)}`);
  }
  const wrong = cpus.find((cpu) => !isWhole(cpu) || cpu < 0 || cpu > MAX_UINT32);
  if (wrong !== undefined) {
    throw new InvalidArgument(`Process.cpuAffinity: ${describe(wrong)} is no number of a CPU`);
  }
  return connection.unary({
    method: METHODS.setCpuAffinity,
    request: encode(SetCpuAffinityRequestSchema, {
      ref: wireRef(ref),
      cpus: [...new Set(cpus)],
      mutation: wireMutation(options),
      allThreads,
    }),
    decode: decodeSetCpuAffinityResponse,
    options,
    subject,
  });
}
