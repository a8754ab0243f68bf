// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/win_service.proto by protoc-gen-hostscope-plain; do not edit.

import { PlainReader } from "../../../wire/plain-reader.ts";
import { readSample, type Sample } from "./common_plain.ts";
import { readWindowsService, type WindowsService } from "./win_service_values_plain.ts";

/** Response of WinService.WinServiceIter. */
export interface WinServiceIterResponse {
  /** When the collection began. */
  sample: Sample | null;
  /** Services in the order of the service control manager. */
  services: WindowsService[];
}

/** Decodes a WinServiceIterResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServiceIterResponse(bytes: Uint8Array): WinServiceIterResponse {
  return readWinServiceIterResponse(new PlainReader(bytes));
}

/** Reads a WinServiceIterResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceIterResponse(reader: PlainReader): WinServiceIterResponse {
  let sample: Sample | null = null;
  const services: WindowsService[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        services.push(readWindowsService(reader));
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    services,
  };
}

/** Response of WinService.WinServiceGet. */
export interface WinServiceGetResponse {
  /** When the service was read. */
  sample: Sample | null;
  /** The service. */
  service: WindowsService | null;
}

/** Decodes a WinServiceGetResponse. Throws RangeError if the bytes are not one. */
export function decodeWinServiceGetResponse(bytes: Uint8Array): WinServiceGetResponse {
  return readWinServiceGetResponse(new PlainReader(bytes));
}

/** Reads a WinServiceGetResponse up to the reader's end; for decoders of messages that hold one. */
export function readWinServiceGetResponse(reader: PlainReader): WinServiceGetResponse {
  let sample: Sample | null = null;
  let service: WindowsService | null = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10: {
        const outer = reader.enter();
        sample = readSample(reader);
        reader.leave(outer);
        break;
      }
      case 18: {
        const outer = reader.enter();
        service = readWindowsService(reader);
        reader.leave(outer);
        break;
      }
      default:
        reader.skip(tag);
    }
  }
  return {
    sample,
    service,
  };
}
