// SPDX-License-Identifier: Apache-2.0

import type { DescService } from "@bufbuild/protobuf";
import type { MethodDefinition, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import { describeMethod, type MethodDescriptor } from "@hostscope/proto";
import { bidiHandler } from "./bidi-handler.ts";
import type { ServiceContext } from "./service-context.ts";
import { streamHandler } from "./stream-handler.ts";
import { unaryHandler } from "./unary-handler.ts";

/** One service as grpc-js registers it. */
export interface Route {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

/**
 * The routes of a service, one per method of its descriptor.
 * Throws, naming the method, if the schema does not say what permission it needs.
 */
export function buildRoute(service: DescService, context: ServiceContext): Route {
  const definition: Record<string, MethodDefinition<Uint8Array, Uint8Array>> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const desc of service.methods) {
    const method = describeMethod(desc);
    definition[method.name] = methodDefinition(method);
    implementation[method.name] = handler(method, context);
  }
  return { definition, implementation };
}

function handler(method: MethodDescriptor, context: ServiceContext) {
  switch (method.kind) {
    case "unary":
      return unaryHandler(context, method);
    case "server_streaming":
      return streamHandler(context, method);
    case "bidi_streaming":
      return bidiHandler(context, method);
  }
}

function methodDefinition(method: MethodDescriptor): MethodDefinition<Uint8Array, Uint8Array> {
  return {
    path: method.path,
    requestStream: method.kind === "bidi_streaming",
    responseStream: method.kind !== "unary",
    // The agent does not look into messages: bytes pass through, and the transport judges them.
    requestSerialize: toBuffer,
    requestDeserialize: sameBytes,
    responseSerialize: toBuffer,
    responseDeserialize: sameBytes,
    originalName: method.name,
  };
}

function sameBytes(bytes: Buffer): Uint8Array {
  return bytes;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
