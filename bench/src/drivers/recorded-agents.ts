// SPDX-License-Identifier: Apache-2.0

// Usage: recorded-agents.ts COUNT RECORDING. Simulated agents: COUNT ports that play a recording of watches to whoever
// watches, a message a second, by grpc-js and nothing of ours. Prints all ports.
import { readFileSync } from "node:fs";
import { type handleServerStreamingCall, Server, ServerCredentials } from "@grpc/grpc-js";

/** Messages of each method in base64: the first of a stream, then those that are repeated. */
type Recording = Record<string, { first: string; then: string[] }>;

const [count = "0", path = ""] = process.argv.slice(2);
const recording = JSON.parse(readFileSync(path, "utf8")) as Recording;
const asIs = (bytes: Buffer): Buffer => bytes;

const server = new Server({ "grpc.enable_channelz": 0 });
for (const [method, { first, then }] of Object.entries(recording)) {
  const messages = then.map((text) => Buffer.from(text, "base64"));
  const play: handleServerStreamingCall<Buffer, Buffer> = (call) => {
    call.write(Buffer.from(first, "base64"));
    let at = Math.floor(Math.random() * messages.length);
    const tick = () => call.write(messages[at++ % messages.length] as Buffer);
    // Hosts do not tick together.
    let timer = setTimeout(() => {
      tick();
      timer = setInterval(tick, 1000);
    }, Math.random() * 1000);
    call.on("cancelled", () => clearInterval(timer));
  };
  server.register(method, play, asIs, asIs, "serverStream");
}
const listen = () =>
  new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });

const ports: number[] = [];
for (let i = 0; i < Number(count); i++) ports.push(await listen());
process.stdout.write(`${ports.join(",")}\n`);
process.stdin.resume().on("end", () => process.exit(0));
