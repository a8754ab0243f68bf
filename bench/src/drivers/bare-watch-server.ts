// SPDX-License-Identifier: Apache-2.0

// A bare grpc-js server that sends every watcher the same bytes once a second: what that costs by itself.
import { type handleServerStreamingCall, Server, ServerCredentials, type ServerWritableStream } from "@grpc/grpc-js";

/** As many as a delta of the stream that it stands beside has. */
const MESSAGE = Buffer.alloc(338, 1);
const identity = (bytes: Buffer): Buffer => bytes;
const watchers = new Set<ServerWritableStream<Buffer, Buffer>>();

const watch: handleServerStreamingCall<Buffer, Buffer> = (call) => {
  watchers.add(call);
  call.on("cancelled", () => watchers.delete(call));
  call.write(MESSAGE);
};
const server = new Server({ "grpc.enable_channelz": 0 });
server.register("/hostscope.v1.System/Watch", watch, identity, identity, "serverStream");
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`127.0.0.1:${port}\n`);
});
const timer = setInterval(() => {
  for (const call of watchers) call.write(MESSAGE);
}, 1000);
process.stdin.resume().on("end", () => {
  clearInterval(timer);
  server.forceShutdown();
});
