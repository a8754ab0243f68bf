// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateSync } from "node:zlib";
import { expect } from "chai";
import { type AgentProcess, startAgent } from "../support/agent-process.ts";
import { Attacker } from "../support/attacker.ts";
import { Canary } from "../support/canary.ts";
import { eventually as within } from "../support/eventually.ts";
import { callHeaders, FLAG, FRAME, frame, grpcMessage, headers, PREFACE } from "../support/http2-frames.ts";
import { type CertificateFiles, Pki, tlsFlags } from "../support/pki.ts";

const isLong = process.env.HOSTSCOPE_LONG === "1";
const FRAMES = isLong ? 20_000 : 4_000;
const MALFORMED = isLong ? 20_000 : 120;
const BOOT_TIME = "/hostscope.v1.System/BootTime";
const WATCH = "/hostscope.v1.System/Watch";
const UNKNOWN = "/hostscope.v1.Nothing/Here";
const EMPTY = Buffer.alloc(0);
// An attack may cost the agent this much memory while it lasts; it is measured after it.
const MOST_MIB = 64;

/** What is sent again and again, by the number of the round; streams of a client are odd. */
const FLOODS: Readonly<Record<string, (round: number) => Buffer>> = {
  "rapid resets": (round) =>
    Buffer.concat([
      headers(2 * round + 1, BOOT_TIME),
      frame(FRAME.RST_STREAM, 0, 2 * round + 1, Buffer.from([0, 0, 0, 8])),
    ]),
  pings: () => frame(FRAME.PING, 0, 0, Buffer.alloc(8)),
  settings: () => frame(FRAME.SETTINGS, 0, 0, EMPTY),
  "empty data": (round) => (round === 0 ? headers(1, BOOT_TIME) : frame(FRAME.DATA, 0, 1, EMPTY)),
  continuations: (round) =>
    round === 0
      ? headers(1, BOOT_TIME, 0)
      : frame(FRAME.CONTINUATION, 0, 1, Buffer.concat([Buffer.from([0, 1, 97, 1, 98])])),
  "window updates by nothing": (round) =>
    round === 0 ? headers(1, BOOT_TIME) : frame(FRAME.WINDOW_UPDATE, 0, 1, Buffer.alloc(4)),
  priorities: (round) => frame(FRAME.PRIORITY, 0, 2 * round + 1, Buffer.from([0, 0, 0, 0, 16])),
  "headers of calls that nobody knows": (round) => headers(2 * round + 1, UNKNOWN, FLAG.END_HEADERS | FLAG.END_STREAM),
  "calls that are never finished": (round) => headers(2 * round + 1, BOOT_TIME),
  "big headers": (round) => headers(2 * round + 1, BOOT_TIME, FLAG.END_HEADERS, { "x-junk": "j".repeat(8_000) }),
};

/** Single messages that have ended servers before. */
const KILLERS: Readonly<Record<string, readonly Buffer[]>> = {
  "a message that is not what its flag says, gzip": [
    headers(1, BOOT_TIME, FLAG.END_HEADERS, { "grpc-encoding": "gzip" }),
    frame(FRAME.DATA, FLAG.END_STREAM, 1, grpcMessage(Buffer.from("no gzip"), true)),
  ],
  "a message that is not what its flag says, deflate": [
    headers(1, BOOT_TIME, FLAG.END_HEADERS, { "grpc-encoding": "deflate" }),
    frame(FRAME.DATA, FLAG.END_STREAM, 1, grpcMessage(deflateSync(Buffer.alloc(64)).subarray(0, 5), true)),
  ],
  "a message that blows up to 64 MiB": [
    headers(1, BOOT_TIME, FLAG.END_HEADERS, { "grpc-encoding": "deflate" }),
    frame(FRAME.DATA, FLAG.END_STREAM, 1, grpcMessage(deflateSync(Buffer.alloc(64 << 20)).subarray(0, 16_000), true)),
  ],
  "more than its content-length, of an unknown method": [
    headers(1, UNKNOWN, FLAG.END_HEADERS, { "content-length": "5" }),
    frame(FRAME.DATA, FLAG.END_STREAM, 1, Buffer.alloc(50)),
  ],
  "more than its content-length, as text": [
    headers(1, BOOT_TIME, FLAG.END_HEADERS, { "content-length": "5", "content-type": "text/plain" }),
    frame(FRAME.DATA, FLAG.END_STREAM, 1, Buffer.alloc(50)),
  ],
  "a window that overflows": [
    frame(FRAME.WINDOW_UPDATE, 0, 0, Buffer.from([0x7f, 0xff, 0xff, 0xff])),
    frame(FRAME.WINDOW_UPDATE, 0, 0, Buffer.from([0x7f, 0xff, 0xff, 0xff])),
  ],
  "headers that break off": [headers(1, BOOT_TIME, 0)],
  "a frame that says it is longer than it is": [frame(FRAME.DATA, 0, 1, EMPTY, 16_384)],
  "a frame that says it is longer than frames are": [frame(FRAME.DATA, 0, 1, EMPTY, 0xff_ffff)],
  "a message that says it has 4 GiB": [
    headers(1, BOOT_TIME),
    frame(FRAME.DATA, FLAG.END_STREAM, 1, Buffer.from([0, 0xff, 0xff, 0xff, 0xff])),
  ],
  "a promise from a client": [frame(FRAME.PUSH_PROMISE, FLAG.END_HEADERS, 1, Buffer.from([0, 0, 0, 2]))],
  "a table index out of range": [
    frame(FRAME.HEADERS, FLAG.END_HEADERS, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f])),
  ],
  "a stream that depends on itself": [
    frame(
      FRAME.HEADERS,
      FLAG.END_HEADERS | FLAG.PRIORITY,
      1,
      Buffer.concat([Buffer.from([0, 0, 0, 1, 16]), callHeaders(BOOT_TIME)]),
    ),
  ],
};

/** Numbers that look random and are the same in each run. */
function* random(seed: number): Generator<number, never> {
  for (let state = seed >>> 0 || 1; ; ) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield (state >>> 0) / 2 ** 32;
  }
}

/** For as long as a busy machine may need. */
const eventually = (check: () => unknown) => within(check, 60_000);

for (const overTls of [false, true]) {
  describe(`An agent under attack ${overTls ? "by holders of a certificate" : "on loopback"}`, function () {
    this.timeout(isLong ? 15 * 60_000 : 180_000);
    let pki: Pki;
    let files: CertificateFiles | undefined;
    let agent: AgentProcess;
    let canary: Canary;
    let idle: number;
    before(async () => {
      pki = await Pki.create();
      const server = await pki.issue("server", { purpose: "server", names: ["127.0.0.1"] });
      files = overTls ? await pki.issue("client", { names: ["evil.example"] }) : undefined;
      // Connections that cannot be told from idle ones are to be over before the next test wants room.
      const limits = ["--limit", "first-call-ms=1000", "--limit", "keepalive-ms=1000"];
      agent = await startAgent(...limits, ...(overTls ? tlsFlags(server, "evil.example") : []));
      idle = descriptors();
    });
    after(async () => {
      const code = await agent?.stop();
      pki?.[Symbol.dispose]();
      expect(code, agent?.log()).to.equal(0);
    });
    beforeEach(async () => {
      canary = await Canary.start(agent.target, overTls ? { credentials: files } : {});
    });
    afterEach(async () => {
      const { failures, p99, calls } = await canary.stop();
      expect(failures, agent.log()).to.deep.equal([]);
      expect(calls).to.be.greaterThan(0);
      // Generous: this machine may be busy with other things.
      expect(p99).to.be.below(2_500);
      await eventually(() => expect(descriptors()).to.be.at.most(idle + 2));
    });
    const connect = () => Attacker.connect(agent.port, files);
    const residentMib = () =>
      Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${agent.child.pid}/status`, "utf8"))?.[1]) / 1024;
    const descriptors = () => readdirSync(`/proc/${agent.child.pid}/fd`).length;

    it("ends or outlasts every flood, and gives back what it took", async () => {
      const before = residentMib();
      for (const [name, flood] of Object.entries(FLOODS)) {
        using attacker = await connect();
        await attacker.send(PREFACE);
        for (let round = 0; round < FRAMES; round += 100) {
          const frames = Array.from({ length: 100 }, (_, at) => flood(round + at));
          if (!(await attacker.send(Buffer.concat(frames), 2_000))) break;
        }
        await sleep(50);
        expect(agent.child.exitCode, `${name}: ${agent.log()}`).to.equal(null);
      }
      expect(residentMib() - before).to.be.below(MOST_MIB * 2);
    });

    it("survives each message that has ended a server before", async () => {
      for (const [name, frames] of Object.entries(KILLERS)) {
        for (const end of ["stay", "reset"] as const) {
          using attacker = await connect();
          await attacker.send(Buffer.concat([PREFACE, ...frames]));
          await sleep(end === "stay" ? 20 : 0);
          if (end === "reset") attacker.reset();
        }
        await sleep(20);
        expect(agent.child.exitCode, `${name}: ${agent.log()}`).to.equal(null);
      }
    });

    it("survives malformed frames of all kinds", async () => {
      const seed = Number(process.env.HOSTSCOPE_SEED ?? Date.now() % 1e6);
      const next = random(seed);
      const below = (limit: number) => Math.floor(next.next().value * limit);
      const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));
      const one = (): Buffer => {
        const stream = [0, 1, 1, 3, 5, 2, 0x7fffffff, 0xffffffff][below(8)] ?? 1;
        const payload = [EMPTY, bytes(4), bytes(8), bytes(below(300)), callHeaders(BOOT_TIME), grpcMessage(bytes(9))][
          below(6)
        ] as Buffer;
        const lie = below(10) === 0 ? below(1 << 24) : payload.length;
        return frame(below(12), below(64), stream, payload, lie);
      };
      const attack = async () => {
        using attacker = await connect();
        const begin = below(20) === 0 ? bytes(60) : PREFACE;
        await attacker.send(Buffer.concat([begin, headers(1, BOOT_TIME), ...Array.from({ length: 50 }, one)]));
        await sleep(5);
        if (below(3) === 0) attacker.reset();
      };
      for (let left = MALFORMED; left > 0; left -= 8) {
        await Promise.all(Array.from({ length: Math.min(8, left) }, attack));
        expect(agent.child.exitCode, `seed ${seed}: ${agent.log()}`).to.equal(null);
      }
    });

    it("does not grow with messages in a million pieces, nor with readers that take nothing", async () => {
      const before = residentMib();
      const count = isLong ? 60_000 : 12_000;
      using fragments = await connect();
      await fragments.send(PREFACE);
      const streams = Array.from({ length: 32 }, (_, at) => 2 * at + 1);
      await fragments.send(Buffer.concat(streams.map((stream) => headers(stream, BOOT_TIME))));
      const begin = Buffer.from([0, 0, 0, 0xff, 0xff]);
      await fragments.send(Buffer.concat(streams.map((stream) => frame(FRAME.DATA, 0, stream, begin))));
      const piece = Buffer.concat(streams.map((stream) => frame(FRAME.DATA, 0, stream, Buffer.from([1]))));
      for (let sent = 0; sent < count; sent += streams.length) if (!(await fragments.send(piece, 2_000))) break;

      // Windows of 0: nothing can be sent to them.
      const noWindow = frame(FRAME.SETTINGS, 0, 0, Buffer.from([0, 4, 0, 0, 0, 0]));
      const readers = await Promise.all(Array.from({ length: 20 }, connect));
      for (const reader of readers) {
        await reader.send(Buffer.concat([PREFACE, noWindow]));
        const calls = [1, 3, 5].map((stream) =>
          Buffer.concat([headers(stream, WATCH), frame(FRAME.DATA, FLAG.END_STREAM, stream, grpcMessage(EMPTY))]),
        );
        await reader.send(Buffer.concat(calls));
        reader.pause();
      }
      await sleep(2_000);
      for (const reader of readers) reader[Symbol.dispose]();
      expect(residentMib() - before).to.be.below(MOST_MIB * 2);
    });
  });
}
