// SPDX-License-Identifier: Apache-2.0

import type { DescService } from "@bufbuild/protobuf";
import type { Server, ServerDuplexStream, ServiceDefinition } from "@grpc/grpc-js";
import { ReflectionService } from "@grpc/reflection";
import { StatusCode } from "@hostscope/proto";
import { file_hostscope_v1_error } from "@hostscope/proto/gen/error";
import type { Logger } from "./log.ts";
import { buildReflectionIndex, type ReflectionIndex } from "./reflection-index.ts";
import { resetStream } from "./reset-stream.ts";
import { safeText } from "./safe-text.ts";
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
  const index = buildReflectionIndex(services, [file_hostscope_v1_error]);
  for (const definition of reflectionServices()) {
    server.addService(definition, {
      ServerReflectionInfo: (call: Call) => {
        serve(call, index, stallMs).catch((error) => {
          // A caller that hangs up midway ends here too.
          if (call.cancelled) return;
          call.emit(
            "error",
            toServiceError(error, (err) => logger.error({ err }, "reflection failed")),
          );
        });
      },
    });
  }
}

/** The library's service definitions, caught where it hands them to a server. */
function reflectionServices(): ServiceDefinition[] {
  const caught: ServiceDefinition[] = [];
  new ReflectionService({}).addToServer({ addService: (definition) => caught.push(definition) });
  return caught;
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
