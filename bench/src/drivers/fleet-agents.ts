// SPDX-License-Identifier: Apache-2.0

// Usage: fleet-agents.ts GOOD SILENT. Simulated agents: GOOD ports that answer System.VirtualMemory with recorded bytes,
// by grpc-js and nothing of ours, and SILENT ones that take connections and never say a word. Prints all ports.
import { createServer } from "node:net";
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";

/** An answer of a real agent. */
const RECORDED = Buffer.from(
  "0a10089184e2a3aa5d11558e9104afc1da4112420880e0e3945e1080a09ba95819cdcccccccccc18402080e0cbd9042880a0b9ce543080a0daa6" +
    "02388080f0c5044080c0ab0a4880a0b3e2045080c0a904588080d75d",
  "hex",
);
const [good = 0, silent = 0] = process.argv.slice(2).map(Number);
const asIs = (bytes: Buffer): Buffer => bytes;

const answer: handleUnaryCall<Buffer, Buffer> = (_call, reply) => reply(null, RECORDED);

const server = new Server({ "grpc.enable_channelz": 0 });
server.register("/hostscope.v1.System/VirtualMemory", answer, asIs, asIs, "unary");
const listen = () =>
  new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
const hole = () =>
  new Promise<number>((resolve) => {
    const tcp = createServer((socket) => socket.on("error", () => {}).resume());
    tcp.listen(0, "127.0.0.1", () => resolve((tcp.address() as { port: number }).port));
  });

const ports: number[] = [];
for (let i = 0; i < good; i++) ports.push(await listen());
for (let i = 0; i < silent; i++) ports.push(await hole());
process.stdout.write(`${ports.join(",")}\n`);
process.stdin.resume().on("end", () => process.exit(0));
