// SPDX-License-Identifier: Apache-2.0

// A bare grpc-js server that answers every call with the bytes it got: what gRPC in Node costs by itself.
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { echoDefinition } from "./echo-definition.ts";

const server = new Server();
server.addService(echoDefinition, {
  echo: (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => done(null, call.request),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`127.0.0.1:${port}\n`);
});
process.stdin.resume().on("end", () => server.forceShutdown());
