// SPDX-License-Identifier: Apache-2.0

import { createRequire } from "node:module";
import type { DescService } from "@bufbuild/protobuf";
import type { Server, ServerDuplexStream, ServiceDefinition } from "@grpc/grpc-js";
import { StatusCode } from "@hostscope/proto";
import { file_hostscope_v1_error } from "@hostscope/proto/gen/error";
import type { Logger } from "../log.ts";
import { safeText } from "../safe-text.ts";
import { caughtServices, type LazyMethod, lazyService } from "./lazy-service.ts";
import { buildReflectionIndex, type ReflectionIndex } from "./reflection-index.ts";
import { resetStream } from "./reset-stream.ts";
import { type Sent, send } from "./send.ts";
import { toServiceError } from "./status.ts";

/** A request as @grpc/reflection decodes it: `messageRequest` names the member that is set. */
export interface ReflectionRequest {
  readonly host?: string;
  readonly messageRequest?: string;
  readonly fileByFilename?: string;
  readonly fileContainingSymbol?: string;
  readonly fileContainingExtension?: { readonly containingType: string; readonly extensionNumber: number };
  readonly allExtensionNumbersOfType?: string;
  readonly listServices?: string;
}

type Call = ServerDuplexStream<ReflectionRequest, object>;

/**
 * Registers the standard reflection services, v1 and v1alpha, so that tools such as buf curl and grpcurl need no
 * schema. @grpc/reflection gives the messages and their encoding, but not the answers: it decodes our descriptors with
 * protobufjs, which drops custom options, so permissions would be gone and imports of options.proto unresolved.
 */
export function addReflection(server: Server, services: readonly DescService[], logger: Logger, stallMs: number): void {
  let index: ReflectionIndex | undefined;
  const implementation = {
    ServerReflectionInfo: (call: Call) => {
      index ??= buildReflectionIndex(services, [file_hostscope_v1_error]);
      serve(call, index, stallMs).catch((error) => {
        // A caller that hangs up midway ends here too.
        if (call.cancelled) return;
        call.emit(
          "error",
          toServiceError(error, (err) => logger.error({ err }, "reflection failed")),
        );
      });
    },
  };
  for (const name of SERVICES) {
    const made = () => ({ definition: definitionOf(name), implementation });
    const { definition, implementation: lazy } = lazyService(name, [METHOD], made);
    server.addService(definition, lazy);
  }
}

const SERVICES = ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"];
const METHOD: LazyMethod = { name: "ServerReflectionInfo", requestStream: true, responseStream: true };

/** The library's definition of a service, caught where it hands it to a server. */
function definitionOf(service: string): ServiceDefinition {
  // Not an import: only who is asked for it pays for it, and then a call is waiting.
  const library = createRequire(import.meta.url)("@grpc/reflection") as typeof import("@grpc/reflection");
  const made = caughtServices((caught) => new library.ReflectionService({}).addToServer(caught));
  const found = made.find(({ definition }) => definition[METHOD.name]?.path === `/${service}/${METHOD.name}`);
  if (found === undefined) throw new Error(`the library of reflection has no ${service}`);
  return found.definition;
}

async function serve(call: Call, index: ReflectionIndex, stallMs: number): Promise<void> {
  for await (const request of call.iterator({ destroyOnReturn: false })) {
    const sent: Sent = await send(call, answer(index, request), stallMs);
    if (sent === "stalled") resetStream(call);
    if (sent !== "sent") return;
  }
  call.end();
}

/** The answer to one request, in the shape @grpc/reflection encodes. */
export function answer(index: ReflectionIndex, request: ReflectionRequest): object {
  return { validHost: request.host ?? "", originalRequest: request, ...lookUp(index, request) };
}

function lookUp(index: ReflectionIndex, request: ReflectionRequest): object {
  switch (request.messageRequest) {
    case "listServices":
      return { listServicesResponse: { service: index.services.map((name) => ({ name })) } };
    case "fileByFilename":
      return files(index.fileByName(request.fileByFilename ?? ""));
    case "fileContainingSymbol":
      return files(index.fileBySymbol(request.fileContainingSymbol ?? ""));
    case "fileContainingExtension": {
      const { containingType = "", extensionNumber = 0 } = request.fileContainingExtension ?? {};
      return files(index.fileByExtension(containingType, extensionNumber));
    }
    case "allExtensionNumbersOfType": {
      const baseTypeName = request.allExtensionNumbersOfType ?? "";
      const extensionNumber = index.extensionNumbers(baseTypeName);
      return extensionNumber === null ? notFound() : { allExtensionNumbersResponse: { baseTypeName, extensionNumber } };
    }
    default:
      return failure(StatusCode.UNIMPLEMENTED, `unknown reflection request ${request.messageRequest ?? "(empty)"}`);
  }
}

function files(found: readonly Uint8Array[] | null): object {
  return found === null ? notFound() : { fileDescriptorResponse: { fileDescriptorProto: found } };
}

function notFound(): object {
  return failure(StatusCode.NOT_FOUND, "this agent's schema has nothing of that name");
}

function failure(errorCode: number, errorMessage: string): object {
  return { errorResponse: { errorCode, errorMessage: safeText(errorMessage) } };
}
